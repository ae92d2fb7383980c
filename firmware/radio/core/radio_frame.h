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

// What an AP says of itself, as in the Ap record (README.md); RADIO_U8_UNKNOWN = it does not.
struct radio_ap_traits {
    uint8_t second;
    uint8_t phy;
    uint8_t bandwidth_mhz;
    uint8_t auth;
};

struct radio_frame {
    enum radio_frame_kind kind;
    uint32_t on_air_length; // FCS included; of a frame cut short to an unknown degree, the least it can have been
    uint8_t is_response;        // Ack or BlockAck
    uint8_t calls_for_response; // to one receiver, which has to acknowledge it

    // Of beacons and probe responses.
    uint64_t bssid;         // address 3; bits 0–47, first byte lowest
    uint8_t stated_channel; // 0 = states none of the table
    uint8_t has_bss_load;
    uint16_t bss_load_stations;
    uint8_t bss_load_utilization;
    struct radio_ap_traits traits;
};

void radio_frame_read(struct radio_frame *read, const struct radio_frame_info *info, const uint8_t *frame,
                      uint32_t length);

#endif
