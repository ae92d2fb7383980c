// What a core holds. For the core's own files, and for those that reserve one statically; nobody else looks inside.
#ifndef RADIO_STATE_H
#define RADIO_STATE_H

#include "radio_ap.h"
#include "radio_channel.h"
#include "radio_core.h"
#include "radio_ppdu.h"
#include "radio_seen.h"

// The fields of the Totals record, in its order.
enum radio_total {
    RADIO_TOTAL_FRAMES,          // frames offered
    RADIO_TOTAL_FCS_ERRORS,      // bad FCS, told by the receiver or found here
    RADIO_TOTAL_MALFORMED,       // too short, too long, or not protocol version 0
    RADIO_TOTAL_WITHOUT_CHANNEL, // beacons and probe responses that state no channel of the table
    RADIO_TOTAL_UNTUNED,         // other frames received on an unknown channel
    RADIO_TOTAL_RSSI_INVALID,    // RSSI of beacons and probe responses discarded
    RADIO_TOTAL_AP_EVICTIONS,    // APs that lost their place in the AP table
    RADIO_TOTAL_AP_MISSES,       // sightings of APs that ap_count misses
    RADIO_TOTALS,
};

struct radio_core {
    struct radio_lock lock;
    struct radio_channel channels[RADIO_CHANNELS];
    struct radio_ap aps[RADIO_APS];
    struct radio_seen seen;
    struct radio_ap evicted; // the last one; channel 0 = none yet
    struct radio_ppdu ppdu;  // that the last frame arrived in
    uint32_t totals[RADIO_TOTALS]; // modulo 2^32, so that the difference of two reads is exact for years
    uint8_t window;                // clearing reads so far, modulo 256
    uint8_t counts_responses;      // see radio_core_count_responses
};

#endif
