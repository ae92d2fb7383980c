#include "harness.h"

#include <stdlib.h>
#include <string.h>

#include "radio_state.h"

static struct radio_core the_core;

static uint16_t get16(const uint8_t *p)
{
    return (uint16_t)(p[0] | p[1] << 8);
}

static uint32_t get32(const uint8_t *p)
{
    return get16(p) | (uint32_t)get16(p + 2) << 16;
}

struct radio_core *harness_new_core(void)
{
    memset(&the_core, 0xA5, sizeof the_core);
    radio_core_init(&the_core, NULL);
    return &the_core;
}

void harness_feed(struct radio_core *core, const struct radio_frame_info *info, const uint8_t *bytes, uint32_t length)
{
    uint8_t *copy = malloc(length ? length : 1);
    memcpy(copy, bytes, length);
    radio_core_frame(core, info, length ? copy : NULL, length);
    free(copy);
}

void harness_feed_frame(struct radio_core *core, const struct radio_frame_info *info, const struct frame *frame)
{
    harness_feed(core, info, frame->bytes, frame->length);
}

struct channel_record harness_decode_channel(const uint8_t *b)
{
    struct channel_record record = {
        .channel = b[0],
        .band = b[1],
        .ap_count = b[2],
        .rssi_max = (int8_t)b[3],
        .dwell_us = get32(b + 4),
        .airtime_us = get32(b + 8),
        .frames = get32(b + 12),
        .beacons = get32(b + 16),
        .bytes = get32(b + 20),
        .fcs_errors = get16(b + 24),
        .undecoded = get16(b + 26),
        .drops = get16(b + 28),
        .stations_max = get16(b + 30),
        .bss_load_sum = get32(b + 32),
        .bss_load_count = get32(b + 36),
        .bss_load_min = b[40],
        .bss_load_max = b[41],
        .noise = (int8_t)b[42],
        .flags = b[43],
        .window = b[44],
    };
    return record;
}

int harness_channel(struct radio_core *core, uint8_t channel, struct channel_record *record)
{
    uint8_t buffer[RADIO_CHANNELS * RADIO_CHANNEL_RECORD];
    int count = radio_core_read_channels(core, buffer, sizeof buffer, 0);
    memset(record, 0, sizeof *record);
    for (int i = 0; i < count; i++) {
        if (buffer[i * RADIO_CHANNEL_RECORD] == channel) {
            *record = harness_decode_channel(buffer + i * RADIO_CHANNEL_RECORD);
            return 1;
        }
    }
    return 0;
}

static struct ap_record decode_ap(const uint8_t *b)
{
    struct ap_record record = {
        .channel = b[6],
        .rssi = (int8_t)b[8],
        .stations = get16(b + 12),
        .utilization = b[14],
        .flags = b[15],
    };
    memcpy(record.bssid, b, sizeof record.bssid);
    return record;
}

int harness_ap(struct radio_core *core, uint32_t ap, uint64_t now_us, struct ap_record *record)
{
    uint8_t buffer[RADIO_APS * RADIO_AP_RECORD];
    uint8_t bssid[6];
    int count = radio_core_read_aps(core, buffer, sizeof buffer, now_us);
    frame_bssid(bssid, ap);
    memset(record, 0, sizeof *record);
    for (int i = 0; i < count; i++) {
        if (memcmp(buffer + i * RADIO_AP_RECORD, bssid, sizeof bssid) == 0) {
            *record = decode_ap(buffer + i * RADIO_AP_RECORD);
            return 1;
        }
    }
    return 0;
}

struct totals_record harness_totals(struct radio_core *core)
{
    uint8_t b[RADIO_TOTALS_RECORD];
    radio_core_read_totals(core, b, sizeof b);
    struct totals_record record = {
        .frames = get32(b),
        .fcs_errors = get32(b + 4),
        .malformed = get32(b + 8),
        .without_channel = get32(b + 12),
        .untuned = get32(b + 16),
        .rssi_invalid = get32(b + 20),
        .ap_evictions = get32(b + 24),
        .ap_misses = get32(b + 28),
    };
    return record;
}

uint64_t harness_frames_on_channels(struct radio_core *core)
{
    uint8_t buffer[RADIO_CHANNELS * RADIO_CHANNEL_RECORD];
    int count = radio_core_read_channels(core, buffer, sizeof buffer, 0);
    uint64_t frames = 0;
    for (int i = 0; i < count; i++) {
        frames += harness_decode_channel(buffer + i * RADIO_CHANNEL_RECORD).frames;
    }
    return frames;
}

int harness_nothing_lost(struct radio_core *core)
{
    struct totals_record totals = harness_totals(core);
    uint64_t elsewhere = (uint64_t)totals.fcs_errors + totals.malformed + totals.without_channel + totals.untuned;
    return totals.frames == elsewhere + harness_frames_on_channels(core);
}
