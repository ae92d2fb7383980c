// A BSSID as one number, so that comparing is one instruction: first byte lowest, upper 16 bits 0.
#ifndef RADIO_BSSID_H
#define RADIO_BSSID_H

#include <stdint.h>

static inline uint64_t radio_bssid_load(const uint8_t *bytes)
{
    uint64_t bssid = 0;
    for (int i = 5; i >= 0; i--) {
        bssid = bssid << 8 | bytes[i];
    }
    return bssid;
}

static inline void radio_bssid_store(uint8_t *bytes, uint64_t bssid)
{
    for (int i = 0; i < 6; i++) {
        bytes[i] = (uint8_t)(bssid >> 8 * i);
    }
}

#endif
