#include "frames.h"

#include <string.h>

#include "radio_crc32.h"

void frame_append(struct frame *frame, const void *bytes, uint32_t length)
{
    memcpy(frame->bytes + frame->length, bytes, length);
    frame->length += length;
}

void frame_bssid(uint8_t bssid[6], uint32_t ap)
{
    const uint8_t address[6] = {0x02, 0x00, (uint8_t)(ap >> 24), (uint8_t)(ap >> 16), (uint8_t)(ap >> 8), (uint8_t)ap};
    memcpy(bssid, address, sizeof address);
}

void frame_begin(struct frame *frame, uint8_t frame_control, uint32_t ap)
{
    const uint8_t start[4] = {frame_control, 0, 0, 0};
    const uint8_t receiver[6] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
    const uint8_t transmitter[6] = {0x06, 1, 1, 1, 1, 1};
    const uint8_t sequence[2] = {0x10, 0x00};
    uint8_t bssid[6];
    frame_bssid(bssid, ap);
    frame->length = 0;
    frame_append(frame, start, sizeof start);
    frame_append(frame, receiver, sizeof receiver);
    frame_append(frame, transmitter, sizeof transmitter);
    frame_append(frame, bssid, sizeof bssid);
    frame_append(frame, sequence, sizeof sequence);
}

void frame_begin_announcement(struct frame *frame, uint8_t frame_control, uint32_t ap)
{
    const uint8_t fixed_fields[12] = {1, 2, 3, 4, 5, 6, 7, 8, 0x64, 0, 0x01, 0x04};
    frame_begin(frame, frame_control, ap);
    frame_append(frame, fixed_fields, sizeof fixed_fields);
}

void frame_beacon(struct frame *frame, uint32_t ap, uint8_t channel)
{
    frame_begin_announcement(frame, FRAME_BEACON, ap);
    frame_ds(frame, channel);
}

void frame_modern_beacon(struct frame *frame, uint32_t ap, uint8_t channel)
{
    static const uint8_t rates[8] = {0x8C, 0x12, 0x98, 0x24, 0xB0, 0x48, 0x60, 0x6C};
    static const uint8_t rsn[24] = {1, 0, 0x00, 0x0F, 0xAC, 4, 1, 0, 0x00, 0x0F, 0xAC, 4,
                                    2, 0, 0x00, 0x0F, 0xAC, 2, 0x00, 0x0F, 0xAC, 8, 0x8C, 0};
    const uint8_t ht_operation[22] = {channel, 0x05};
    const uint8_t vht_operation[5] = {1, 42, 0, 0, 0};
    static const uint8_t zeros[26];
    frame_begin_announcement(frame, FRAME_BEACON, ap);
    frame->bytes[34] |= 0x10; // privacy
    frame_element(frame, 0, 4, "home");
    frame_element(frame, 1, sizeof rates, rates);
    frame_bss_load(frame, 3, 120);
    frame_element(frame, 48, sizeof rsn, rsn);
    frame_element(frame, 45, 26, zeros);
    frame_element(frame, 61, sizeof ht_operation, ht_operation);
    frame_element(frame, 191, 12, zeros);
    frame_element(frame, 192, sizeof vht_operation, vht_operation);
    frame_extension(frame, 35);
}

void frame_ack(struct frame *frame)
{
    const uint8_t ack[10] = {FRAME_ACK, 0, 0, 0, 2, 0, 0, 0, 0, 1};
    frame->length = 0;
    frame_append(frame, ack, sizeof ack);
}

void frame_qos_data(struct frame *frame, uint32_t ap, uint8_t qos)
{
    const uint8_t control_and_payload[12] = {qos, 0, 0xAA, 0xAA, 3, 0, 0, 0, 8, 0, 0x45, 0};
    frame_begin(frame, FRAME_QOS_DATA, ap);
    frame->bytes[4] = 0x02; // one receiver
    frame_append(frame, control_and_payload, sizeof control_and_payload);
}

void frame_element(struct frame *frame, uint8_t id, uint8_t length, const void *value)
{
    const uint8_t header[2] = {id, length};
    frame_append(frame, header, sizeof header);
    frame_append(frame, value, length);
}

void frame_ds(struct frame *frame, uint8_t channel)
{
    frame_element(frame, 3, 1, &channel);
}

void frame_ht_operation(struct frame *frame, uint8_t channel)
{
    const uint8_t value[22] = {channel};
    frame_element(frame, 61, sizeof value, value);
}

void frame_extension(struct frame *frame, uint8_t extension)
{
    const uint8_t value[22] = {extension};
    frame_element(frame, 255, sizeof value, value);
}

void frame_bss_load(struct frame *frame, uint16_t stations, uint8_t utilization)
{
    const uint8_t value[5] = {(uint8_t)stations, (uint8_t)(stations >> 8), utilization, 0x34, 0x12};
    frame_element(frame, 11, sizeof value, value);
}

void frame_fcs(struct frame *frame)
{
    uint32_t crc = radio_crc32(frame->bytes, frame->length);
    const uint8_t fcs[4] = {(uint8_t)crc, (uint8_t)(crc >> 8), (uint8_t)(crc >> 16), (uint8_t)(crc >> 24)};
    frame_append(frame, fcs, sizeof fcs);
}

struct radio_frame_info frame_info(uint8_t channel)
{
    struct radio_frame_info info = {0};
    info.channel = channel;
    info.rssi = -60;
    info.phy = RADIO_PHY_DSSS;
    info.rate_100kbps = 10;
    return info;
}
