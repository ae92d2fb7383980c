// Frames without number: the fuzzer's checks (fuzz_core.c) over inputs that are made up from sound frames with random
// damage and random receiver data, half of it plausible. It learns nothing from coverage, but is faster by far and needs no
// libFuzzer. The same count and seed make the same frames.
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "steps.h"

enum {
    INPUT_BYTES = 0x10000,
    TEMPLATES = 8,
    DAMAGED_BYTES_MAX = 8,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct frame templates[TEMPLATES];
static uint64_t state;

// xorshift64*: Vigna, "An experimental exploration of Marsaglia's xorshift generators, scrambled".
static uint32_t draw(uint32_t below)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (uint32_t)((state * 0x2545F4914F6CDD1Du >> 32) % below);
}

static uint8_t draw8(void)
{
    return (uint8_t)draw(256);
}

static uint8_t one_of(const uint8_t *values, uint32_t count)
{
    return values[draw(count)];
}

static void make_templates(void)
{
    frame_beacon(&templates[0], 1, 6);
    frame_bss_load(&templates[0], 3, 120);
    frame_modern_beacon(&templates[1], 2, 36);
    frame_modern_beacon(&templates[2], 3, 149);
    frame_fcs(&templates[2]);
    frame_begin_announcement(&templates[3], FRAME_PROBE_RESPONSE, 4);
    frame_ht_operation(&templates[3], 100);
    frame_qos_data(&templates[4], 5, 0);
    frame_qos_data(&templates[5], 6, 0x60);
    frame_fcs(&templates[5]);
    frame_begin(&templates[6], FRAME_DATA, 7);
    frame_ack(&templates[7]);
}

static void draw_plausible(struct radio_frame_info *info)
{
    static const uint8_t channels[] = {0, 1, 6, 8, 14, 36, 100, 149, 177};
    static const uint8_t rates[] = {10, 20, 55, 60, 90, 110, 120, 180, 240};
    static const uint8_t widths[] = {0, 20, 40, 80, 160};
    static const uint8_t units[] = {0, 0, 0, 26, 52, 106};
    static const uint8_t guard_intervals[] = {0, 8, 16, 32};
    static const uint8_t ltfs[] = {0, 1, 2, 4};
    info->flags &= (uint16_t)~(RADIO_FRAME_HAS_FCS | RADIO_FRAME_BAD_FCS | RADIO_FRAME_TRUNCATED);
    info->channel = one_of(channels, sizeof channels);
    info->band = 0;
    info->phy = (uint8_t)draw(RADIO_PHY_HE_TB + 2);
    info->mcs = (uint8_t)draw(info->phy == RADIO_PHY_HT ? 32 : 12);
    info->bandwidth_mhz = one_of(widths, sizeof widths);
    info->streams = (uint8_t)draw(9);
    info->stbc = (uint8_t)(draw(4) == 0 ? draw(3) : 0);
    info->resource_unit = one_of(units, sizeof units);
    info->he_guard_interval = one_of(guard_intervals, sizeof guard_intervals);
    info->he_ltf = one_of(ltfs, sizeof ltfs);
    info->rate_100kbps = draw(3) == 0 ? 540 : one_of(rates, sizeof rates);
    info->on_air_length = 0;
}

static struct radio_frame_info draw_info(void)
{
    struct radio_frame_info info = {0};
    uint8_t bytes[sizeof info];
    for (uint32_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = draw8();
    }
    memcpy(&info, bytes, sizeof info);
    if (draw(2) == 0) {
        draw_plausible(&info);
    }
    return info;
}

// Returns the bytes written.
static uint32_t put_frame(uint8_t *at)
{
    const struct frame *frame = &templates[draw(TEMPLATES)];
    struct radio_frame_info info = draw_info();
    uint32_t length = draw(4) == 0 ? draw(frame->length + 1) : frame->length;
    uint8_t *bytes = at + STEP_FRAME_HEADER;
    step_frame_header(at, &info, (uint8_t)(draw(16) == 0 ? draw8() : 0), (uint16_t)length);
    memcpy(bytes, frame->bytes, length);
    for (uint32_t i = draw(DAMAGED_BYTES_MAX); i > 0 && length > 0; i--) {
        bytes[draw(length)] = draw8();
    }
    if (draw(4) == 0 && length > 21) {
        bytes[20] = draw8(); // another AP
        bytes[21] = (uint8_t)draw(4);
    }
    return STEP_FRAME_HEADER + length;
}

static uint32_t put_other(uint8_t *at)
{
    uint8_t bytes[4] = {(uint8_t)(draw(2) ? STEP_DWELL : STEP_READ), draw8(), draw8(), draw8()};
    memcpy(at, bytes, sizeof bytes);
    return sizeof bytes;
}

// Frames in the input that was made up and run.
static uint32_t run_one(uint8_t *input)
{
    uint32_t length = 0, frames = 0;
    while (length + STEP_FRAME_HEADER + 512 <= INPUT_BYTES) {
        if (draw(64) == 0) {
            length += put_other(input + length);
        } else {
            length += put_frame(input + length);
            frames++;
        }
    }
    LLVMFuzzerTestOneInput(input, length);
    return frames;
}

int main(int argc, char **argv)
{
    static uint8_t input[INPUT_BYTES];
    uint64_t wanted = argc == 3 ? strtoull(argv[1], NULL, 10) : 0;
    uint64_t frames = 0;
    if (wanted == 0) {
        fprintf(stderr, "usage: radio-storm FRAMES SEED\n");
        return 2;
    }
    state = strtoull(argv[2], NULL, 10) * 2 + 1;
    make_templates();
    while (frames < wanted) {
        frames += run_one(input);
    }
    printf("ok    %" PRIu64 " damaged frames: no finding, each counted in exactly one place\n", frames);
    return 0;
}
