// Writes the fuzzer's first inputs, in the form fuzz_core.c describes: hand-made frames of each kind and a long mixture.
#include <stdio.h>
#include <string.h>

#include "frames.h"

enum { STEP_FRAME = 0, STEP_DWELL = 6, STEP_READ = 7 };

struct seed {
    uint8_t bytes[4096];
    uint32_t length;
};

static void put(struct seed *seed, const void *bytes, uint32_t length)
{
    memcpy(seed->bytes + seed->length, bytes, length);
    seed->length += length;
}

static void put_frame(struct seed *seed, const struct frame *frame, uint8_t flags, uint8_t phy)
{
    const uint16_t on_air = (uint16_t)(frame->length + 2);
    const uint16_t length = (uint16_t)frame->length;
    const uint8_t header[] = {
        STEP_FRAME,
        flags,
        6,    // channel
        0,    // band: the channel tells
        0xC4, // RSSI −60 dBm
        phy,
        7,  // MCS
        20, // bandwidth, MHz
        phy == RADIO_PHY_OFDM ? 60 : 10, // rate, low byte
        0,
        (uint8_t)on_air,
        (uint8_t)(on_air >> 8),
        1, // seconds later
        (uint8_t)length,
        (uint8_t)(length >> 8),
    };
    put(seed, header, sizeof header);
    put(seed, frame->bytes, frame->length);
}

static void put_read(struct seed *seed, uint8_t clear)
{
    const uint8_t read[] = {STEP_READ, 0xE0, 0x07, clear};
    put(seed, read, sizeof read);
}

static int write_seed(const char *folder, const char *name, const struct seed *seed)
{
    char path[1000];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file) {
        return 0;
    }
    size_t written = fwrite(seed->bytes, 1, seed->length, file);
    return fclose(file) == 0 && written == seed->length;
}

static int beacon_seeds(const char *folder)
{
    static struct frame frame;
    struct seed plain = {0}, with_fcs = {0}, ht = {0};
    frame_beacon(&frame, 1, 6);
    frame_bss_load(&frame, 3, 120);
    put_frame(&plain, &frame, 0, RADIO_PHY_DSSS);
    frame_fcs(&frame);
    put_frame(&with_fcs, &frame, RADIO_FRAME_HAS_FCS, RADIO_PHY_OFDM);
    put_frame(&with_fcs, &frame, RADIO_FRAME_HAS_FCS | RADIO_FRAME_TRUNCATED, RADIO_PHY_OFDM);
    put_frame(&with_fcs, &frame, 0, RADIO_PHY_HT);
    frame_begin_announcement(&frame, FRAME_PROBE_RESPONSE, 2);
    frame_ht_operation(&frame, 100);
    put_frame(&ht, &frame, RADIO_FRAME_SHORT_GI, RADIO_PHY_HT);
    put_read(&ht, 1);
    return write_seed(folder, "beacon", &plain) && write_seed(folder, "fcs", &with_fcs) && write_seed(folder, "ht", &ht);
}

static int mixture_seed(const char *folder)
{
    static struct frame frame;
    static const uint8_t dwell[] = {STEP_DWELL, 11, 0xFF, 0xFF};
    struct seed seed = {0};
    for (uint32_t ap = 0; ap < 52; ap++) {
        frame_beacon(&frame, ap, (uint8_t)(ap % 14 + 1));
        put_frame(&seed, &frame, 0, RADIO_PHY_DSSS);
    }
    frame_ack(&frame);
    put_frame(&seed, &frame, 0, RADIO_PHY_OFDM);
    frame_begin(&frame, FRAME_DATA, 1);
    put_frame(&seed, &frame, RADIO_FRAME_AMPDU_LATER, RADIO_PHY_HT);
    put(&seed, dwell, sizeof dwell);
    put_read(&seed, 0);
    put_read(&seed, 1);
    return write_seed(folder, "mixture", &seed);
}

int main(int argc, char **argv)
{
    if (argc != 2 || !beacon_seeds(argv[1]) || !mixture_seed(argv[1])) {
        fprintf(stderr, "usage: radio-seeds FOLDER\n");
        return 2;
    }
    return 0;
}
