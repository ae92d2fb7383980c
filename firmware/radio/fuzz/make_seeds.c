// Writes the fuzzer's first inputs, in the form fuzz_core.c describes: hand-made frames of each kind and a long mixture.
#include <stdio.h>
#include <string.h>

#include "steps.h"

struct seed {
    uint8_t bytes[4096];
    uint32_t length;
};

static void put(struct seed *seed, const void *bytes, uint32_t length)
{
    memcpy(seed->bytes + seed->length, bytes, length);
    seed->length += length;
}

// On channel 6, or of 5 GHz on channel 36, at −60 dBm; of `info` the flags and the modulation count.
static void put_frame(struct seed *seed, const struct frame *frame, const struct radio_frame_info *info)
{
    uint8_t header[STEP_FRAME_HEADER];
    struct radio_frame_info tuned = *info;
    tuned.channel = info->bandwidth_mhz > 40 ? 36 : 6;
    tuned.rssi = -60;
    tuned.on_air_length = frame->length + 2;
    step_frame_header(header, &tuned, 1, (uint16_t)frame->length);
    put(seed, header, sizeof header);
    put(seed, frame->bytes, frame->length);
}

static const struct radio_frame_info dsss = {.phy = RADIO_PHY_DSSS, .rate_100kbps = 10};
static const struct radio_frame_info ofdm = {.phy = RADIO_PHY_OFDM, .rate_100kbps = 60};
static const struct radio_frame_info ht = {.phy = RADIO_PHY_HT, .mcs = 7, .bandwidth_mhz = 20};

static struct radio_frame_info with_flags(const struct radio_frame_info *info, uint16_t flags)
{
    struct radio_frame_info flagged = *info;
    flagged.flags = flags;
    return flagged;
}

static void put_read(struct seed *seed, uint8_t flags)
{
    const uint8_t read[] = {STEP_READ, 0xE0, 0x07, flags};
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
    struct seed plain = {0}, with_fcs = {0}, probed = {0};
    const struct radio_frame_info checked = with_flags(&ofdm, RADIO_FRAME_HAS_FCS);
    const struct radio_frame_info cut = with_flags(&ofdm, RADIO_FRAME_HAS_FCS | RADIO_FRAME_TRUNCATED);
    const struct radio_frame_info short_gi = with_flags(&ht, RADIO_FRAME_SHORT_GI);
    frame_beacon(&frame, 1, 6);
    frame_bss_load(&frame, 3, 120);
    put_frame(&plain, &frame, &dsss);
    frame_fcs(&frame);
    put_frame(&with_fcs, &frame, &checked);
    put_frame(&with_fcs, &frame, &cut);
    put_frame(&with_fcs, &frame, &ht);
    frame_begin_announcement(&frame, FRAME_PROBE_RESPONSE, 2);
    frame_ht_operation(&frame, 100);
    put_frame(&probed, &frame, &short_gi);
    put_read(&probed, STEP_READ_CLEARS);
    return write_seed(folder, "beacon", &plain) && write_seed(folder, "fcs", &with_fcs) &&
           write_seed(folder, "ht", &probed);
}

// A beacon with every element that is read.
static int elements_seed(const char *folder)
{
    static struct frame frame;
    struct seed seed = {0};
    frame_modern_beacon(&frame, 3, 36);
    put_frame(&seed, &frame, &ofdm);
    put_read(&seed, STEP_READ_COUNTS_RESPONSES);
    return write_seed(folder, "elements", &seed);
}

// Aggregates of three in each newer modulation, and responses counted.
static int aggregate_seed(const char *folder)
{
    static const struct radio_frame_info modulations[] = {
        {.phy = RADIO_PHY_HT, .mcs = 31, .bandwidth_mhz = 40, .flags = RADIO_FRAME_AMPDU | RADIO_FRAME_LDPC},
        {.phy = RADIO_PHY_HT, .mcs = 0, .bandwidth_mhz = 20, .stbc = 1, .flags = RADIO_FRAME_GREENFIELD},
        {.phy = RADIO_PHY_VHT, .mcs = 9, .bandwidth_mhz = 80, .streams = 2, .flags = RADIO_FRAME_SHORT_GI},
        {.phy = RADIO_PHY_VHT, .mcs = 8, .bandwidth_mhz = 160, .streams = 7, .flags = RADIO_FRAME_EXTRA_SYMBOL},
        {.phy = RADIO_PHY_HE_SU, .mcs = 11, .bandwidth_mhz = 160, .streams = 8, .he_guard_interval = 8, .he_ltf = 2},
        {.phy = RADIO_PHY_HE_ER, .mcs = 0, .streams = 1, .resource_unit = 106, .flags = RADIO_FRAME_DCM},
        {.phy = RADIO_PHY_HE_MU, .mcs = 4, .streams = 1, .resource_unit = 52, .he_guard_interval = 32, .he_ltf = 4},
        {.phy = RADIO_PHY_HE_TB, .mcs = 7, .streams = 2, .bandwidth_mhz = 20, .he_guard_interval = 16, .he_ltf = 1},
    };
    static struct frame frame;
    struct seed seed = {0};
    put_read(&seed, STEP_READ_COUNTS_RESPONSES);
    for (unsigned i = 0; i < sizeof modulations / sizeof modulations[0]; i++) {
        const struct radio_frame_info later = with_flags(&modulations[i], modulations[i].flags | RADIO_FRAME_AMPDU_LATER);
        frame_qos_data(&frame, 1, 0);
        put_frame(&seed, &frame, &modulations[i]);
        put_frame(&seed, &frame, &later);
        put_frame(&seed, &frame, &later);
    }
    return write_seed(folder, "aggregates", &seed);
}

static int mixture_seed(const char *folder)
{
    static struct frame frame;
    static const uint8_t dwell[] = {STEP_DWELL, 11, 0xFF, 0xFF};
    const struct radio_frame_info later = with_flags(&ht, RADIO_FRAME_AMPDU_LATER);
    struct seed seed = {0};
    for (uint32_t ap = 0; ap < 52; ap++) {
        frame_beacon(&frame, ap, (uint8_t)(ap % 14 + 1));
        put_frame(&seed, &frame, &dsss);
    }
    frame_ack(&frame);
    put_frame(&seed, &frame, &ofdm);
    frame_begin(&frame, FRAME_DATA, 1);
    put_frame(&seed, &frame, &later);
    put(&seed, dwell, sizeof dwell);
    put_read(&seed, 0);
    put_read(&seed, STEP_READ_CLEARS);
    return write_seed(folder, "mixture", &seed);
}

int main(int argc, char **argv)
{
    if (argc != 2 || !beacon_seeds(argv[1]) || !elements_seed(argv[1]) || !aggregate_seed(argv[1]) ||
        !mixture_seed(argv[1])) {
        fprintf(stderr, "usage: radio-seeds FOLDER\n");
        return 2;
    }
    return 0;
}
