#include "capture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const uint32_t magic_microseconds = 0xA1B2C3D4;

enum {
    FILE_HEADER = 24,
    RECORD_HEADER = 16,
    LINK_TYPE_RADIOTAP = 127,

    RADIOTAP_TSFT = 0,
    RADIOTAP_FLAGS = 1,
    RADIOTAP_RATE = 2,
    RADIOTAP_CHANNEL = 3,
    RADIOTAP_FHSS = 4,
    RADIOTAP_SIGNAL = 5,
    RADIOTAP_FIELDS = 6, // those up to the signal; what follows is not needed
};

static uint32_t get32(const uint8_t *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static uint32_t file_size(FILE *file)
{
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    return size > 0 && size < INT32_MAX ? (uint32_t)size : 0;
}

int capture_open(struct capture *capture, const char *path)
{
    memset(capture, 0, sizeof *capture);
    FILE *file = fopen(path, "rb");
    if (!file) {
        return 0;
    }
    capture->length = file_size(file);
    capture->bytes = malloc(capture->length + 1);
    size_t got = fread(capture->bytes, 1, capture->length, file);
    fclose(file);
    if (got != capture->length || got < FILE_HEADER || get32(capture->bytes) != magic_microseconds) {
        capture_close(capture);
        return 0;
    }
    capture->link_type = get32(capture->bytes + 20) & 0xFFFF;
    capture->at = FILE_HEADER;
    return 1;
}

void capture_close(struct capture *capture)
{
    free(capture->bytes);
    capture->bytes = NULL;
}

static uint8_t channel_of_frequency(unsigned mhz)
{
    if (mhz == 2484) {
        return 14;
    }
    if (mhz >= 2412 && mhz <= 2472) {
        return (uint8_t)((mhz - 2407) / 5);
    }
    return mhz >= 5180 && mhz <= 5885 ? (uint8_t)((mhz - 5000) / 5) : 0;
}

static void take_flags(struct radio_frame_info *info, uint8_t flags)
{
    info->flags |= flags & 0x10 ? RADIO_FRAME_HAS_FCS : 0;
    info->flags |= flags & 0x40 ? RADIO_FRAME_BAD_FCS : 0;
    info->flags |= flags & 0x02 ? RADIO_FRAME_SHORT_PREAMBLE : 0;
}

static void take_rate(struct radio_frame_info *info, uint8_t half_megabits)
{
    int is_dsss = half_megabits == 2 || half_megabits == 4 || half_megabits == 11 || half_megabits == 22;
    info->rate_100kbps = (uint16_t)(half_megabits * 5);
    info->phy = is_dsss ? RADIO_PHY_DSSS : RADIO_PHY_OFDM;
}

static void take_field(struct radio_frame_info *info, int field, const uint8_t *value)
{
    switch (field) {
    case RADIOTAP_FLAGS:
        take_flags(info, value[0]);
        break;
    case RADIOTAP_RATE:
        take_rate(info, value[0]);
        break;
    case RADIOTAP_CHANNEL:
        info->channel = channel_of_frequency(value[0] | (unsigned)value[1] << 8);
        break;
    case RADIOTAP_SIGNAL:
        info->rssi = (int8_t)value[0];
        break;
    default:
        break;
    }
}

// Offset of the first field: after the presence words, whose top bit announces another one.
static uint32_t first_field(const uint8_t *header, uint32_t length)
{
    uint32_t at = 4;
    while (at + 4 <= length && get32(header + at) & 0x80000000) {
        at += 4;
    }
    return at + 4;
}

static void take_radiotap(struct radio_frame_info *info, const uint8_t *header, uint32_t length)
{
    static const uint8_t sizes[RADIOTAP_FIELDS] = {8, 1, 1, 4, 2, 1};
    static const uint8_t alignments[RADIOTAP_FIELDS] = {8, 1, 1, 2, 2, 1};
    uint32_t at = first_field(header, length);
    for (int field = 0; field < RADIOTAP_FIELDS; field++) {
        if (!(get32(header + 4) >> field & 1)) {
            continue;
        }
        at = (at + alignments[field] - 1u) & ~(alignments[field] - 1u);
        if (at + sizes[field] > length) {
            return;
        }
        take_field(info, field, header + at);
        at += sizes[field];
    }
}

static void strip_radiotap(struct capture_frame *frame)
{
    if (frame->length < 8) {
        return;
    }
    uint32_t header = frame->bytes[2] | (uint32_t)frame->bytes[3] << 8;
    if (header < 8 || header > frame->length) {
        return;
    }
    take_radiotap(&frame->info, frame->bytes, header);
    frame->bytes += header;
    frame->length -= header;
    frame->info.on_air_length -= header;
}

int capture_next(struct capture *capture, struct capture_frame *frame)
{
    if (capture->length - capture->at < RECORD_HEADER) {
        return 0;
    }
    const uint8_t *record = capture->bytes + capture->at;
    uint32_t left = capture->length - capture->at - RECORD_HEADER;
    uint32_t captured = get32(record + 8);
    memset(frame, 0, sizeof *frame);
    frame->bytes = record + RECORD_HEADER;
    frame->length = captured < left ? captured : left;
    frame->info.rssi = RADIO_RSSI_UNKNOWN;
    frame->info.timestamp_us = get32(record) * UINT64_C(1000000) + get32(record + 4);
    frame->info.on_air_length = get32(record + 12);
    capture->at += RECORD_HEADER + frame->length;
    if (capture->link_type == LINK_TYPE_RADIOTAP) {
        strip_radiotap(frame);
    }
    if (!(frame->info.flags & RADIO_FRAME_HAS_FCS)) {
        frame->info.on_air_length += 4;
    }
    return 1;
}
