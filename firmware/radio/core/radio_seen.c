// Open addressing with linear probing. Nothing is removed but all at once, so a search may end at the first empty slot.
#include "radio_seen.h"

#include <string.h>

// Multiplicative hashing: only the topmost bits of the product depend on every bit of the key.
static uint32_t first_slot(uint64_t key)
{
    return (uint32_t)(key * 0x9E3779B97F4A7C15u >> 48) / (0x10000 / RADIO_SEEN_SLOTS);
}

void radio_seen_clear(struct radio_seen *seen)
{
    memset(seen, 0, sizeof *seen);
}

enum radio_seen_result radio_seen_add(struct radio_seen *seen, uint64_t bssid, uint8_t channel)
{
    uint64_t key = bssid | (uint64_t)channel << 48;
    uint32_t slot = first_slot(key);
    // Ends: RADIO_SEEN_MAX leaves empty slots.
    while (seen->slots[slot] != 0) {
        if (seen->slots[slot] == key) {
            return RADIO_SEEN_BEFORE;
        }
        slot = (slot + 1) & (RADIO_SEEN_SLOTS - 1);
    }
    if (seen->count == RADIO_SEEN_MAX) {
        return RADIO_SEEN_FULL;
    }
    seen->slots[slot] = key;
    seen->count++;
    return RADIO_SEEN_FIRST;
}
