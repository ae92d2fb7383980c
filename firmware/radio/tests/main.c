#include <stdio.h>

#include "check.h"
#include "suites.h"

// radio-tests CAPTURE FIGURES [MALFORMED-CAPTURE…]
int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: radio-tests CAPTURE FIGURES [MALFORMED-CAPTURE...]\n");
        return 2;
    }
    crc32_tests();
    fcs_tests();
    element_tests();
    traits_tests();
    channel_tests();
    ap_tests();
    airtime_tests();
    ppdu_tests();
    record_tests();
    lock_tests();
    real_capture_tests(argv[1], argv[2]);
    malformed_capture_tests(argv + 3, argc - 3);
    return check_summary();
}
