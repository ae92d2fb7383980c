// The frame check sequence of IEEE 802.11: CRC-32, reflected polynomial 0xEDB88320.
#ifndef RADIO_CRC32_H
#define RADIO_CRC32_H

#include <stdint.h>

uint32_t radio_crc32(const uint8_t *bytes, uint32_t length);

#endif
