// The channels and what one window has accumulated on each.
#ifndef RADIO_CHANNEL_H
#define RADIO_CHANNEL_H

#include "radio_frame.h"

struct radio_channel {
    uint32_t dwell_us;
    uint32_t airtime_us;
    uint32_t frames;
    uint32_t beacons;
    uint32_t bytes;
    uint32_t bss_load_sum;
    uint32_t bss_load_count;
    uint32_t noise_sum; // of −dBm
    uint32_t noise_count;
    uint16_t fcs_errors;
    uint16_t undecoded; // frames of unknown airtime, and beacons received here that state no channel
    uint16_t drops;     // sightings of APs that ap_count misses
    uint16_t stations_max;
    uint8_t ap_count;
    int8_t rssi_max;
    uint8_t bss_load_min;
    uint8_t bss_load_max;
};

// Index of a channel in the table, ascending with the channel's number; −1 = it has none.
int radio_channel_index(uint8_t channel);

// The opposite: index 0 … RADIO_CHANNELS − 1 to channel.
uint8_t radio_channel_number(int index);

// RADIO_BAND_2G or RADIO_BAND_5G.
uint8_t radio_channel_band(int index);

// Index of the channel a frame was received on; −1 = unknown.
int radio_channel_tuned(const struct radio_frame_info *info);

// Index of the channel that a beacon or probe response states; −1 = none of the table, or heard on another band than these.
int radio_channel_stated(const struct radio_frame_info *info, const struct radio_frame *frame);

void radio_channel_clear(struct radio_channel *channel);

// Whether there is anything to report.
int radio_channel_is_used(const struct radio_channel *channel);

// Whether a counter has reached its end, so that it states less than there was.
int radio_channel_is_saturated(const struct radio_channel *channel);

// Adds a frame of any kind: its number, bytes and airtime (RADIO_AIRTIME_UNKNOWN: it is undecoded).
void radio_channel_add_frame(struct radio_channel *channel, uint32_t on_air_length, uint32_t airtime_us);

// Adds what the receiver says about noise, dBm; values that are no reading are passed over.
void radio_channel_add_noise(struct radio_channel *channel, int8_t noise);

// Average over the frames that came with a reading; RADIO_RSSI_UNKNOWN = none did.
int8_t radio_channel_noise(const struct radio_channel *channel);

// Adds what a beacon or probe response says: RSSI (RADIO_RSSI_UNKNOWN = not valid) and BSS Load.
void radio_channel_add_announcement(struct radio_channel *channel, const struct radio_frame *frame, int8_t rssi);

#endif
