// One file of tests each.
#ifndef SUITES_H
#define SUITES_H

void crc32_tests(void);
void fcs_tests(void);
void element_tests(void);
void traits_tests(void);
void channel_tests(void);
void ap_tests(void);
void airtime_tests(void);
void ppdu_tests(void);
void record_tests(void);
void lock_tests(void);
void real_capture_tests(const char *capture, const char *figures);
void malformed_capture_tests(char *const *paths, int count);

#endif
