// libFuzzer target: the input is a series of steps (frames, dwells, reads) on one core. Besides what the sanitizers find,
// every frame must be counted in exactly one place and every record must be possible.
//
// A step: kind u8. Frame (0–5): flags u16, channel, band, rssi, phy, mcs, bandwidth, streams, stbc, resource unit, guard
// interval, ltf, noise u8, rate u16, on-air length u16, seconds u8, length u16, bytes. Dwell (6): channel u8, microseconds u16.
// Read (7): capacity u16, flags u8 (1 = clear, 2 = count responses from now on).
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "radio_state.h"

struct input {
    const uint8_t *bytes;
    size_t left;
};

struct run {
    struct radio_core core;
    uint64_t now_us;
    uint64_t frames_cleared; // in windows that are closed
};

// Frames fed in all inputs, for the line at the end.
static uint64_t frames_fed;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

static void require(int condition)
{
    if (!condition) {
        abort();
    }
}

// Reading past the input gives zeros.
static uint8_t take8(struct input *input)
{
    if (input->left == 0) {
        return 0;
    }
    input->left--;
    return *input->bytes++;
}

static uint16_t take16(struct input *input)
{
    uint8_t low = take8(input);
    return (uint16_t)(low | take8(input) << 8);
}

static uint32_t get32(const uint8_t *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static struct radio_frame_info take_info(struct run *run, struct input *input)
{
    struct radio_frame_info info = {0};
    info.flags = take16(input);
    info.channel = take8(input);
    info.band = take8(input);
    info.rssi = (int8_t)take8(input);
    info.phy = take8(input);
    info.mcs = take8(input);
    info.bandwidth_mhz = take8(input);
    info.streams = take8(input);
    info.stbc = take8(input);
    info.resource_unit = take8(input);
    info.he_guard_interval = take8(input);
    info.he_ltf = take8(input);
    info.noise = (int8_t)take8(input);
    info.rate_100kbps = take16(input);
    info.on_air_length = take16(input);
    run->now_us += take8(input) * UINT64_C(1000000);
    info.timestamp_us = run->now_us;
    return info;
}

// The frame stands in an allocation of its exact length, so that one byte too many is found.
static void step_frame(struct run *run, struct input *input)
{
    struct radio_frame_info info = take_info(run, input);
    uint32_t length = take16(input);
    length = length < input->left ? length : (uint32_t)input->left;
    uint8_t *frame = malloc(length ? length : 1);
    memcpy(frame, input->bytes, length);
    radio_core_frame(&run->core, &info, frame, length);
    free(frame);
    frames_fed++;
    input->bytes += length;
    input->left -= length;
}

static void require_possible(const uint8_t *record)
{
    uint32_t frames = get32(record + 12);
    uint32_t load_count = get32(record + 36);
    require(radio_channel_index(record[0]) >= 0);
    require(record[2] <= frames);
    require((int8_t)record[3] < 0 && (int8_t)record[42] < 0);
    require(get32(record + 16) <= frames);
    require(load_count <= frames);
    require(load_count == 0 || (record[40] <= record[41] && get32(record + 32) <= load_count * 255u));
    require(load_count > 0 || (record[30] == 0xFF && record[31] == 0xFF && record[40] == 0xFF && record[41] == 0xFF));
}

static uint64_t frames_of(const uint8_t *records, int count)
{
    uint64_t frames = 0;
    for (int i = 0; i < count; i++) {
        const uint8_t *record = records + i * RADIO_CHANNEL_RECORD;
        require_possible(record);
        require(i == 0 || record[0] > record[-RADIO_CHANNEL_RECORD]);
        frames += get32(record + 12);
    }
    return frames;
}

static uint64_t read_channels(struct run *run, int capacity, int clear)
{
    uint8_t *buffer = malloc(capacity ? (size_t)capacity : 1);
    int count = radio_core_read_channels(&run->core, buffer, capacity, clear);
    require(count * RADIO_CHANNEL_RECORD <= capacity);
    uint64_t frames = frames_of(buffer, count);
    free(buffer);
    return frames;
}

static void read_aps(struct run *run, int capacity)
{
    uint8_t *buffer = malloc(capacity ? (size_t)capacity : 1);
    int count = radio_core_read_aps(&run->core, buffer, capacity, run->now_us);
    require(count * RADIO_AP_RECORD <= capacity);
    for (int i = 0; i < count; i++) {
        const uint8_t *record = buffer + i * RADIO_AP_RECORD;
        struct radio_bss_load load;
        int known = radio_core_bss_load(&run->core, record, run->now_us, &load);
        require(radio_channel_index(record[6]) >= 0);
        require(known == record[15] && load.utilization == record[14]);
    }
    free(buffer);
}

static void read_evicted(struct run *run, int capacity)
{
    uint8_t record[RADIO_AP_RECORD];
    int count = radio_core_read_evicted(&run->core, record, capacity, run->now_us);
    require(count < 0 ? capacity < RADIO_AP_RECORD : count == (run->core.totals[RADIO_TOTAL_AP_EVICTIONS] != 0));
    require(count < 1 || radio_channel_index(record[6]) >= 0);
}

static void step_read(struct run *run, struct input *input)
{
    int capacity = take16(input) % 4096;
    uint8_t flags = take8(input);
    int clear = flags & 1;
    radio_core_count_responses(&run->core, flags & 2);
    read_evicted(run, capacity);
    uint64_t frames = read_channels(run, capacity, clear);
    run->frames_cleared += clear ? frames : 0;
    read_aps(run, capacity);
}

static void step(struct run *run, struct input *input)
{
    uint8_t kind = take8(input) % 8;
    if (kind <= 5) {
        step_frame(run, input);
    } else if (kind == 6) {
        uint8_t channel = take8(input);
        radio_core_dwell(&run->core, channel, take16(input));
    } else {
        step_read(run, input);
    }
}

static void require_nothing_lost(struct run *run)
{
    uint8_t totals[RADIO_TOTALS_RECORD];
    require(radio_core_read_totals(&run->core, totals, sizeof totals) == RADIO_TOTALS_RECORD);
    uint64_t uncounted = 0;
    for (int i = RADIO_TOTAL_FCS_ERRORS; i <= RADIO_TOTAL_UNTUNED; i++) {
        uncounted += get32(totals + 4 * i);
    }
    uint64_t counted = run->frames_cleared + read_channels(run, RADIO_CHANNELS * RADIO_CHANNEL_RECORD, 0);
    require(get32(totals) == counted + uncounted);
}

static void report(void)
{
    fprintf(stderr, "frames fed: %" PRIu64 "\n", frames_fed);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    return atexit(report);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct run run;
    struct input input = {data, size};
    memset(&run, 0, sizeof run);
    radio_core_init(&run.core, NULL);
    while (input.left > 0) {
        step(&run, &input);
    }
    require_nothing_lost(&run);
    return 0;
}
