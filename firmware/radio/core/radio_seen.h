// The set of (BSSID, channel) pairs heard in the window: what makes ap_count a count of distinct APs.
#ifndef RADIO_SEEN_H
#define RADIO_SEEN_H

#include <stdint.h>

#include "radio_limits.h"

enum radio_seen_result {
    RADIO_SEEN_BEFORE,
    RADIO_SEEN_FIRST,
    RADIO_SEEN_FULL, // not in the set, and there is no room for it
};

struct radio_seen {
    uint64_t slots[RADIO_SEEN_SLOTS]; // BSSID in bits 0–47, channel in bits 48–55; 0 = empty (no channel is 0)
    uint32_t count;
};

void radio_seen_clear(struct radio_seen *seen);

enum radio_seen_result radio_seen_add(struct radio_seen *seen, uint64_t bssid, uint8_t channel);

#endif
