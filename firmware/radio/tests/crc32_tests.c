#include "check.h"
#include "radio_crc32.h"
#include "suites.h"

// The definition, bit by bit.
static uint32_t reference(const uint8_t *bytes, uint32_t length)
{
    uint32_t crc = 0xFFFFFFFF;
    for (uint32_t i = 0; i < length; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
        }
    }
    return ~crc;
}

static void known_vectors(void)
{
    CHECK_EQUAL(0xCBF43926, radio_crc32((const uint8_t *)"123456789", 9));
    CHECK_EQUAL(0xE8B7BE43, radio_crc32((const uint8_t *)"a", 1));
    CHECK_EQUAL(0, radio_crc32((const uint8_t *)"", 0));
}

static void same_as_reference(void)
{
    uint8_t bytes[600];
    uint32_t random = 1;
    for (unsigned i = 0; i < sizeof bytes; i++) {
        random = random * 1664525 + 1013904223;
        bytes[i] = (uint8_t)(random >> 24);
    }
    for (uint32_t start = 0; start < 8; start++) {
        for (uint32_t length = 0; length <= sizeof bytes - start; length++) {
            CHECK_EQUAL(reference(bytes + start, length), radio_crc32(bytes + start, length));
        }
    }
}

void crc32_tests(void)
{
    check_run("the check sum has the published values", known_vectors);
    check_run("the check sum is that of the bitwise definition at every length and alignment", same_as_reference);
}
