// Hand-made 802.11 frames and what a receiver says about them.
#ifndef FRAMES_H
#define FRAMES_H

#include "radio_core.h"

struct frame {
    uint8_t bytes[RADIO_FRAME_MAX + 1];
    uint32_t length;
};

enum {
    FRAME_BEACON = 0x80,
    FRAME_PROBE_RESPONSE = 0x50,
    FRAME_DATA = 0x08,
    FRAME_QOS_DATA = 0x88,
    FRAME_ACK = 0xD4,
};

// A header of 24 bytes of AP number `ap`; addresses 1 to 3 differ, so that mixing them up shows.
void frame_begin(struct frame *frame, uint8_t frame_control, uint32_t ap);

// A beacon or probe response without any element.
void frame_begin_announcement(struct frame *frame, uint8_t frame_control, uint32_t ap);

// A beacon that states its channel.
void frame_beacon(struct frame *frame, uint32_t ap, uint8_t channel);

// A beacon of an 802.11ax AP on 5 GHz, with every element that the core reads: 80 MHz, second channel above, WPA2 and WPA3.
void frame_modern_beacon(struct frame *frame, uint32_t ap, uint8_t channel);

void frame_ack(struct frame *frame);

// To one receiver, with a payload. `qos`: first byte of the QoS Control field.
void frame_qos_data(struct frame *frame, uint32_t ap, uint8_t qos);

void frame_append(struct frame *frame, const void *bytes, uint32_t length);
void frame_element(struct frame *frame, uint8_t id, uint8_t length, const void *value);
void frame_ds(struct frame *frame, uint8_t channel);
void frame_ht_operation(struct frame *frame, uint8_t channel);
void frame_extension(struct frame *frame, uint8_t extension);
void frame_bss_load(struct frame *frame, uint16_t stations, uint8_t utilization);
void frame_fcs(struct frame *frame);

// The BSSID of AP number `ap`.
void frame_bssid(uint8_t bssid[6], uint32_t ap);

// Tuned to a channel, RSSI −60 dBm, 1 Mb/s, no FCS.
struct radio_frame_info frame_info(uint8_t channel);

#endif
