// The capture of five APs, against the figures of an independent decoder (tshark): beacons, RSSI and BSS Load of each AP and
// minute, and the airtime of each beacon.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capture.h"
#include "check.h"
#include "harness.h"
#include "radio_bssid.h"
#include "suites.h"

enum { MINUTES = 20, APS = 5, BEACONS_A_MINUTE = 620 };

// One AP's minute: what the Ap records said after each beacon.
struct minute {
    uint32_t beacons, with_rssi, with_load;
    int8_t rssi[BEACONS_A_MINUTE];
    uint8_t channel;
    uint16_t stations_max;
    uint8_t utilization_min, utilization_max;
    uint32_t utilization_sum;
};

struct heard_ap {
    uint64_t bssid;
    uint64_t airtime_us;
    struct minute minutes[MINUTES];
};

static const char *capture_path, *figures_path;
static struct heard_ap aps[APS];

static struct heard_ap *ap_of(uint64_t bssid)
{
    int i = 0;
    while (i < APS - 1 && aps[i].bssid != 0 && aps[i].bssid != bssid) {
        i++;
    }
    CHECK(aps[i].bssid == 0 || aps[i].bssid == bssid);
    aps[i].bssid = bssid;
    return &aps[i];
}

static void take_load(struct minute *minute, const uint8_t *record)
{
    uint16_t stations = (uint16_t)(record[12] | record[13] << 8);
    uint8_t utilization = record[14];
    minute->stations_max = stations > minute->stations_max ? stations : minute->stations_max;
    if (minute->with_load == 0 || utilization < minute->utilization_min) {
        minute->utilization_min = utilization;
    }
    minute->utilization_max = utilization > minute->utilization_max ? utilization : minute->utilization_max;
    minute->utilization_sum += utilization;
    minute->with_load++;
}

// A core that has heard nothing else, so that its one Ap record says what this beacon says.
static void take_beacon(const struct capture_frame *beacon, uint32_t number)
{
    struct radio_core *core = harness_new_core();
    struct channel_record channel;
    uint8_t record[RADIO_AP_RECORD];
    harness_feed(core, &beacon->info, beacon->bytes, beacon->length);
    CHECK_EQUAL(1, radio_core_read_aps(core, record, sizeof record, beacon->info.timestamp_us));
    CHECK(harness_channel(core, record[6], &channel));
    CHECK_EQUAL(1, channel.beacons);

    // By hand: long preamble, then the frame with its FCS.
    CHECK_EQUAL(192 + beacon->length * 80 / beacon->info.rate_100kbps, channel.airtime_us);
    struct heard_ap *ap = ap_of(radio_bssid_load(record));
    CHECK(number < MINUTES);
    struct minute *minute = &ap->minutes[number];
    CHECK(minute->beacons < BEACONS_A_MINUTE);
    ap->airtime_us += channel.airtime_us;
    minute->channel = record[6];
    minute->beacons++;
    if ((int8_t)record[8] != RADIO_RSSI_UNKNOWN) {
        minute->rssi[minute->with_rssi++] = (int8_t)record[8];
    }
    if (record[15] & 1) {
        take_load(minute, record);
    }
}

static void hear_all(void)
{
    struct capture capture;
    struct capture_frame frame;
    uint64_t start_us = 0;
    memset(aps, 0, sizeof aps);
    CHECK(capture_open(&capture, capture_path));
    while (capture_next(&capture, &frame)) {
        if (start_us == 0) {
            start_us = frame.info.timestamp_us / 1000000 * 1000000; // the whole second, as in the figures
        }
        take_beacon(&frame, (uint32_t)((frame.info.timestamp_us - start_us) / 60000000));
    }
    capture_close(&capture);
}

static int by_value(const void *a, const void *b)
{
    return *(const int8_t *)a - *(const int8_t *)b;
}

static double mean_of(const int8_t *values, uint32_t count)
{
    double sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        sum += values[i];
    }
    return sum / count;
}

static double median_of(const int8_t *sorted, uint32_t count)
{
    return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2.0;
}

static int is_near(double a, double b)
{
    return fabs(a - b) < 0.0006; // the figures have three decimals
}

// A line of the file; what the decoder left empty is 0.
struct figures {
    unsigned minute, channel, beacons, with_load, stations_max, utilization_min, utilization_max;
    int rssi_min, rssi_max;
    double rssi_mean, rssi_median, utilization_mean;
    uint64_t bssid;
};

static int read_figures(struct figures *figures, FILE *file)
{
    char line[200];
    unsigned b[6];
    memset(figures, 0, sizeof *figures);
    if (!fgets(line, sizeof line, file)) {
        return 0;
    }
    int count = sscanf(line, "%u,%x:%x:%x:%x:%x:%x,%u,%u,%d,%d,%lf,%lf,%u,%u,%u,%lf,%u", &figures->minute, &b[0], &b[1],
                       &b[2], &b[3], &b[4], &b[5], &figures->channel, &figures->beacons, &figures->rssi_min,
                       &figures->rssi_max, &figures->rssi_mean, &figures->rssi_median, &figures->with_load,
                       &figures->stations_max, &figures->utilization_min, &figures->utilization_mean,
                       &figures->utilization_max);
    CHECK(count == 18 || count == 14);
    for (int i = 5; i >= 0; i--) {
        figures->bssid = figures->bssid << 8 | b[i];
    }
    return 1;
}

static void compare(struct minute *minute, const struct figures *figures)
{
    CHECK_EQUAL(figures->channel, minute->channel);
    CHECK_EQUAL(figures->beacons, minute->beacons);
    CHECK_EQUAL(figures->beacons, minute->with_rssi);
    qsort(minute->rssi, minute->with_rssi, 1, by_value);
    CHECK_EQUAL(figures->rssi_min, minute->rssi[0]);
    CHECK_EQUAL(figures->rssi_max, minute->rssi[minute->with_rssi - 1]);
    CHECK(is_near(figures->rssi_mean, mean_of(minute->rssi, minute->with_rssi)));
    CHECK(is_near(figures->rssi_median, median_of(minute->rssi, minute->with_rssi)));
    CHECK_EQUAL(figures->with_load, minute->with_load);
    CHECK_EQUAL(figures->stations_max, minute->stations_max);
    CHECK_EQUAL(figures->utilization_min, minute->utilization_min);
    CHECK_EQUAL(figures->utilization_max, minute->utilization_max);
    CHECK(minute->with_load == 0 ||
          is_near(figures->utilization_mean, (double)minute->utilization_sum / minute->with_load));
}

static void every_minute_of_every_ap(void)
{
    struct figures figures;
    char heading[200];
    uint32_t lines = 0;
    hear_all();
    FILE *file = fopen(figures_path, "r");
    CHECK(file != NULL && fgets(heading, sizeof heading, file));
    for (; read_figures(&figures, file); lines++) {
        CHECK(figures.minute < MINUTES);
        compare(&ap_of(figures.bssid)->minutes[figures.minute], &figures);
    }
    fclose(file);
    CHECK_EQUAL(MINUTES * APS, lines);
}

// tshark's wlan_radio.duration, summed up.
static void airtime_of_every_ap(void)
{
    static const struct {
        uint8_t bssid[6];
        uint64_t us;
    } expected[APS] = {
        {{0x02, 0x06, 0xDF, 0x3C, 0xE2, 0x8D}, 12700048}, {{0x02, 0x2A, 0xCB, 0xF6, 0x53, 0x98}, 11960028},
        {{0x02, 0x50, 0xBB, 0x7C, 0xD5, 0xB9}, 17156112}, {{0x02, 0x7D, 0x13, 0xFC, 0x1E, 0x60}, 11677644},
        {{0x02, 0xC0, 0xF4, 0x9C, 0xC4, 0xBF}, 18683560},
    };
    hear_all();
    for (int i = 0; i < APS; i++) {
        CHECK_EQUAL(expected[i].us, ap_of(radio_bssid_load(expected[i].bssid))->airtime_us);
    }
}

// All beacons in one core: its channels are the sums of their APs.
static void channels_of_the_whole(void)
{
    struct radio_core *core = harness_new_core();
    struct channel_record record;
    struct capture capture;
    struct capture_frame frame;
    CHECK(capture_open(&capture, capture_path));
    while (capture_next(&capture, &frame)) {
        harness_feed(core, &frame.info, frame.bytes, frame.length);
    }
    capture_close(&capture);
    CHECK(harness_channel(core, 6, &record));
    CHECK_EQUAL(4, record.ap_count);
    CHECK_EQUAL(32909, record.beacons);
    CHECK_EQUAL(12700048 + 11960028 + 11677644 + 18683560, record.airtime_us);
    CHECK_EQUAL(17746, record.bss_load_count);
    CHECK_EQUAL(0, record.undecoded);
    CHECK(harness_channel(core, 8, &record));
    CHECK_EQUAL(1, record.ap_count);
    CHECK_EQUAL(6326, record.beacons);
    CHECK_EQUAL(17156112, record.airtime_us);
    CHECK_EQUAL(0, harness_totals(core).ap_evictions);
    CHECK(harness_nothing_lost(core));
}

void real_capture_tests(const char *capture, const char *figures)
{
    static const struct {
        const char *sentence;
        void (*test)(void);
    } tests[] = {
        {"every minute of every AP of the real capture is the independent decoder's", every_minute_of_every_ap},
        {"the airtime of each beacon is that of its rate and length, and of each AP the independent decoder's",
         airtime_of_every_ap},
        {"the channels of the real capture are the sums of their APs", channels_of_the_whole},
    };
    FILE *file = fopen(capture, "rb");
    capture_path = capture;
    figures_path = figures;
    for (unsigned i = 0; i < sizeof tests / sizeof tests[0]; i++) {
        if (file) {
            check_run(tests[i].sentence, tests[i].test);
        } else {
            check_skip(tests[i].sentence, "the file is missing");
        }
    }
    if (file) {
        fclose(file);
    }
}
