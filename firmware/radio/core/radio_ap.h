// The table of access points: who is there, how strong, and the last BSS Load of each. Survives the end of a window.
#ifndef RADIO_AP_H
#define RADIO_AP_H

#include "radio_frame.h"

struct radio_ap {
    uint64_t bssid;
    uint64_t heard_us;
    uint64_t bss_load_us;
    uint16_t stations;
    uint8_t utilization;
    uint8_t has_bss_load;
    uint8_t channel; // as stated; 0 = the place is free
    int8_t rssi;     // last valid one
    struct radio_ap_traits traits;
};

// Takes a beacon or probe response that states a channel. Returns 1, and the AP in `evicted`, if another lost its place for
// it, else 0.
int radio_ap_hear(struct radio_ap aps[RADIO_APS], const struct radio_frame *frame, uint64_t now_us, int8_t rssi,
                  struct radio_ap *evicted);

// Null = not in the table.
struct radio_ap *radio_ap_find(struct radio_ap aps[RADIO_APS], uint64_t bssid);

// Whether the AP was heard recently enough to be reported.
int radio_ap_is_current(const struct radio_ap *ap, uint64_t now_us);

// Age of the AP's BSS Load in whole seconds; RADIO_U8_UNKNOWN = it has none, or too old a one.
uint8_t radio_ap_bss_load_age_s(const struct radio_ap *ap, uint64_t now_us);

#endif
