#include "check.h"

#include <stdio.h>

static int passed, failed, skipped;
static jmp_buf end_of_test;

void check_run(const char *sentence, void (*test)(void))
{
    if (setjmp(end_of_test) == 0) {
        test();
        passed++;
        printf("ok    %s\n", sentence);
    } else {
        failed++;
        printf("FAIL  %s\n", sentence);
    }
}

void check_skip(const char *sentence, const char *reason)
{
    skipped++;
    printf("skip  %s: %s\n", sentence, reason);
}

int check_summary(void)
{
    printf("%d passed, %d failed, %d skipped\n", passed, failed, skipped);
    return failed != 0;
}

void check_failed(const char *file, int line, const char *condition)
{
    printf("%s:%d: does not hold: %s\n", file, line, condition);
    longjmp(end_of_test, 1);
}

void check_equal(const char *file, int line, const char *what, long long expected, long long actual)
{
    if (expected != actual) {
        printf("%s:%d: %s is %lld, expected %lld\n", file, line, what, actual, expected);
        longjmp(end_of_test, 1);
    }
}
