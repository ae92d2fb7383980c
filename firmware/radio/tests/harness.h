// One core for the tests, and its records decoded by hand from the documented offsets.
#ifndef HARNESS_H
#define HARNESS_H

#include "frames.h"
#include "radio_core.h"

struct channel_record {
    uint8_t channel, band, ap_count;
    int8_t rssi_max;
    uint32_t dwell_us, airtime_us, frames, beacons, bytes;
    uint16_t fcs_errors, undecoded, drops, stations_max;
    uint32_t bss_load_sum, bss_load_count;
    uint8_t bss_load_min, bss_load_max;
    int8_t noise;
    uint8_t flags, window;
};

struct ap_record {
    uint8_t bssid[6], channel;
    int8_t rssi;
    uint16_t stations;
    uint8_t utilization, flags;
};

struct totals_record {
    uint32_t frames, fcs_errors, malformed, without_channel, untuned, rssi_invalid, ap_evictions, ap_misses;
};

// An empty core; the one of the test before is gone.
struct radio_core *harness_new_core(void);

// Feeds a frame from an allocation of exactly its length, so that reading past its end is found.
void harness_feed(struct radio_core *core, const struct radio_frame_info *info, const uint8_t *bytes, uint32_t length);
void harness_feed_frame(struct radio_core *core, const struct radio_frame_info *info, const struct frame *frame);

// The record of one channel without clearing. Returns 0, and a record of zeros, when there is none.
int harness_channel(struct radio_core *core, uint8_t channel, struct channel_record *record);

// The record of one AP; likewise.
int harness_ap(struct radio_core *core, uint32_t ap, uint64_t now_us, struct ap_record *record);

struct totals_record harness_totals(struct radio_core *core);

struct channel_record harness_decode_channel(const uint8_t *bytes);

// Frames that the records of all channels hold.
uint64_t harness_frames_on_channels(struct radio_core *core);

// Every frame offered since the last clear is counted in exactly one place.
int harness_nothing_lost(struct radio_core *core);

#endif
