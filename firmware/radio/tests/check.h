// A test is a function with a sentence for a name; it fails at the first CHECK that does not hold.
#ifndef CHECK_H
#define CHECK_H

#include <setjmp.h>

#define CHECK(condition)                                                                                               \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            check_failed(__FILE__, __LINE__, #condition);                                                              \
        }                                                                                                              \
    } while (0)

// Integers of any width and sign; the message shows both.
#define CHECK_EQUAL(expected, actual)                                                                                  \
    check_equal(__FILE__, __LINE__, #actual, (long long)(expected), (long long)(actual))

// Runs one test and prints its line.
void check_run(const char *sentence, void (*test)(void));

// Counts a test that cannot run here, and says why.
void check_skip(const char *sentence, const char *reason);

// Prints the sums; returns the process's exit code.
int check_summary(void);

void check_failed(const char *file, int line, const char *condition);
void check_equal(const char *file, int line, const char *what, long long expected, long long actual);

#endif
