#include "check.h"
#include "suites.h"

int main(int argc, char **argv)
{
    crc32_tests();
    fcs_tests();
    element_tests();
    channel_tests();
    ap_tests();
    airtime_tests();
    record_tests();
    lock_tests();
    malformed_capture_tests(argv + 1, argc - 1);
    return check_summary();
}
