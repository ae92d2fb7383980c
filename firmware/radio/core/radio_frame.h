// Reading one received frame: is it whole, what kind is it, and what does it say about its AP.
#ifndef RADIO_FRAME_H
#define RADIO_FRAME_H

#include "radio_core.h"

enum radio_frame_kind {
    RADIO_FRAME_KIND_BAD_FCS,
    RADIO_FRAME_KIND_MALFORMED,
    RADIO_FRAME_KIND_BEACON,
    RADIO_FRAME_KIND_PROBE_RESPONSE,
    RADIO_FRAME_KIND_OTHER,
};

struct radio_frame {
    enum radio_frame_kind kind;
    uint32_t on_air_length; // FCS included; of a frame cut short to an unknown degree, the least it can have been

    // Of beacons and probe responses.
    uint64_t bssid;         // address 3; bits 0–47, first byte lowest
    uint8_t stated_channel; // 0 = states none of the table
    uint8_t has_bss_load;
    uint16_t bss_load_stations;
    uint8_t bss_load_utilization;
};

void radio_frame_read(struct radio_frame *read, const struct radio_frame_info *info, const uint8_t *frame,
                      uint32_t length);

#endif
