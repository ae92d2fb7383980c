// What the driver hands to the promiscuous callback, as the core wants it. The layout of rx_ctrl differs per chip family:
// rx_info_classic.c reads that of ESP32, S2, S3, C2 and C3, rx_info_he.c that of C5, C6 and C61; one of the two is compiled.
#ifndef RX_INFO_H
#define RX_INFO_H

#include "esp_wifi.h"
#include "radio_core.h"

// Bytes of a frame that is neither beacon nor probe response: a header with four addresses and QoS Control. The core reads no
// more of it, so no more is read that the driver may not have copied.
#define RX_HEADER_MAX 32

struct rx_frame {
    struct radio_frame_info info; // but for timestamp_us; channel 0 = only the receiver's state tells
    const uint8_t *bytes;
    uint32_t length;
    uint32_t mac_time_us;         // of the MAC's own clock, modulo 2^32
    uint8_t is_aggregated;        // in an A-MPDU that may hold others
};

void rx_info_read(struct rx_frame *frame, const wifi_promiscuous_pkt_t *packet);

// Shared by both families: the rate of DSSS and OFDM, and what of the payload is there and of use.
void rx_info_set_rate(struct radio_frame_info *info, unsigned rate);
void rx_info_set_payload(struct rx_frame *frame, const uint8_t *payload, uint32_t on_air, uint32_t captured);

#endif
