#include <string.h>

#include "check.h"
#include "harness.h"
#include "radio_state.h"
#include "suites.h"

static struct frame frame;
static struct channel_record record;

static void feed_beacon(struct radio_core *core, uint32_t ap, uint8_t tuned, uint8_t stated, int8_t rssi)
{
    struct radio_frame_info info = frame_info(tuned);
    info.rssi = rssi;
    frame_beacon(&frame, ap, stated);
    harness_feed_frame(core, &info, &frame);
}

static void stated_not_tuned(void)
{
    struct radio_core *core = harness_new_core();
    feed_beacon(core, 1, 6, 8, -70);
    CHECK(!harness_channel(core, 6, &record));
    CHECK(harness_channel(core, 8, &record));
    CHECK_EQUAL(1, record.beacons);
    CHECK_EQUAL(1, record.frames);
    CHECK_EQUAL(-70, record.rssi_max);
    CHECK_EQUAL(1, record.ap_count);
}

static void works_untuned(void)
{
    struct radio_core *core = harness_new_core();
    feed_beacon(core, 1, 0, 8, -70);
    CHECK(harness_channel(core, 8, &record));
    CHECK_EQUAL(1, record.beacons);
}

static void probe_responses(void)
{
    struct radio_core *core = harness_new_core();
    struct radio_frame_info info = frame_info(6);
    info.rssi = -33;
    frame_begin_announcement(&frame, FRAME_PROBE_RESPONSE, 7);
    frame_ds(&frame, 6);
    frame_bss_load(&frame, 300, 9);
    harness_feed_frame(core, &info, &frame);
    CHECK(harness_channel(core, 6, &record));
    CHECK_EQUAL(0, record.beacons);
    CHECK_EQUAL(1, record.frames);
    CHECK_EQUAL(1, record.ap_count);
    CHECK_EQUAL(-33, record.rssi_max);
    CHECK_EQUAL(300, record.stations_max);
    CHECK_EQUAL(9, record.bss_load_sum);
}

static void other_frames(void)
{
    struct radio_core *core = harness_new_core();
    struct radio_frame_info info = frame_info(11);
    info.rssi = -10;
    frame_begin(&frame, FRAME_DATA, 1);
    harness_feed_frame(core, &info, &frame);
    frame_ack(&frame);
    harness_feed_frame(core, &info, &frame);
    CHECK(harness_channel(core, 11, &record));
    CHECK_EQUAL(2, record.frames);
    CHECK_EQUAL(28 + 14, record.bytes);
    CHECK_EQUAL(0, record.beacons + record.ap_count);
    CHECK_EQUAL(RADIO_RSSI_UNKNOWN, record.rssi_max);
}

static void untuned_frames(void)
{
    struct radio_core *core = harness_new_core();
    struct radio_frame_info info = frame_info(0);
    frame_begin(&frame, FRAME_DATA, 1);
    harness_feed_frame(core, &info, &frame);
    info.channel = 5;
    info.band = 6;
    harness_feed_frame(core, &info, &frame);
    info.band = RADIO_BAND_5G;
    harness_feed_frame(core, &info, &frame);
    CHECK_EQUAL(3, harness_totals(core).untuned);
    info.band = RADIO_BAND_2G;
    harness_feed_frame(core, &info, &frame);
    CHECK_EQUAL(3, harness_totals(core).untuned);
    CHECK(harness_nothing_lost(core));
}

// Of 6 GHz: its channel 5 is not that of 2.4 GHz.
static void beacon_of_another_band(void)
{
    struct radio_core *core = harness_new_core();
    struct radio_frame_info info = frame_info(5);
    info.band = 6;
    frame_beacon(&frame, 1, 5);
    harness_feed_frame(core, &info, &frame);
    CHECK(!harness_channel(core, 5, &record));
    CHECK_EQUAL(1, harness_totals(core).without_channel);
    CHECK_EQUAL(1, harness_nothing_lost(core));
}

static void impossible_rssi(void)
{
    struct radio_core *core = harness_new_core();
    feed_beacon(core, 1, 6, 6, 0);
    feed_beacon(core, 1, 6, 6, 1);
    feed_beacon(core, 1, 6, 6, 127);
    feed_beacon(core, 1, 6, 6, -128);
    CHECK(harness_channel(core, 6, &record));
    CHECK_EQUAL(4, record.beacons);
    CHECK_EQUAL(RADIO_RSSI_UNKNOWN, record.rssi_max);
    CHECK_EQUAL(3, harness_totals(core).rssi_invalid);
    feed_beacon(core, 1, 6, 6, -127);
    CHECK(harness_channel(core, 6, &record));
    CHECK_EQUAL(-127, record.rssi_max);
    feed_beacon(core, 1, 6, 6, -1);
    CHECK(harness_channel(core, 6, &record));
    CHECK_EQUAL(-1, record.rssi_max);
    CHECK_EQUAL(3, harness_totals(core).rssi_invalid);
}

static void feed_noise(struct radio_core *core, uint8_t tuned, uint8_t stated, int8_t noise)
{
    struct radio_frame_info info = frame_info(tuned);
    info.noise = noise;
    frame_beacon(&frame, 1, stated);
    harness_feed_frame(core, &info, &frame);
}

static void noise_is_an_average(void)
{
    struct radio_core *core = harness_new_core();
    feed_noise(core, 6, 6, -90);
    feed_noise(core, 6, 6, -95);
    feed_noise(core, 6, 6, -127);
    CHECK(harness_channel(core, 6, &record));
    CHECK_EQUAL(-104, record.noise);
    feed_noise(core, 6, 6, -91);
    CHECK(harness_channel(core, 6, &record));
    CHECK_EQUAL(-101, record.noise); // 100.75
}

static void no_noise_is_unknown(void)
{
    struct radio_core *core = harness_new_core();
    feed_noise(core, 6, 6, 0);
    feed_noise(core, 6, 6, 1);
    feed_noise(core, 6, 6, RADIO_RSSI_UNKNOWN);
    CHECK(harness_channel(core, 6, &record));
    CHECK_EQUAL(RADIO_RSSI_UNKNOWN, record.noise);
}

static void noise_of_tuned_channel(void)
{
    struct radio_core *core = harness_new_core();
    radio_core_dwell(core, 6, 1000);
    feed_noise(core, 6, 8, -90);
    feed_noise(core, 0, 8, -50);
    CHECK(harness_channel(core, 6, &record));
    CHECK_EQUAL(-90, record.noise);
    CHECK(harness_channel(core, 8, &record));
    CHECK_EQUAL(RADIO_RSSI_UNKNOWN, record.noise);
}

static void noise_of_other_frames(void)
{
    struct radio_core *core = harness_new_core();
    struct radio_frame_info info = frame_info(6);
    info.noise = -88;
    frame_ack(&frame);
    harness_feed_frame(core, &info, &frame);
    info.noise = -10;
    info.flags = RADIO_FRAME_BAD_FCS;
    harness_feed_frame(core, &info, &frame);
    CHECK(harness_channel(core, 6, &record));
    CHECK_EQUAL(-88, record.noise);
}

static void noise_stops_when_full(void)
{
    struct radio_core *core = harness_new_core();
    struct radio_channel *channel = &core->channels[radio_channel_index(6)];
    channel->noise_count = UINT32_MAX / 128 - 1;
    channel->noise_sum = channel->noise_count * 127;
    feed_noise(core, 6, 6, -127);
    uint32_t sum = channel->noise_sum;
    feed_noise(core, 6, 6, -127);
    CHECK_EQUAL(sum, channel->noise_sum);
    CHECK(harness_channel(core, 6, &record));
    CHECK_EQUAL(-127, record.noise);
}

static void bss_load_figures(void)
{
    static const uint8_t utilizations[] = {200, 0, 255, 17};
    static const uint16_t stations[] = {2, 60000, 0, 7};
    struct radio_core *core = harness_new_core();
    struct radio_frame_info info = frame_info(6);
    for (uint32_t i = 0; i < 4; i++) {
        frame_beacon(&frame, i, 6);
        frame_bss_load(&frame, stations[i], utilizations[i]);
        harness_feed_frame(core, &info, &frame);
    }
    frame_beacon(&frame, 9, 6);
    harness_feed_frame(core, &info, &frame);
    CHECK(harness_channel(core, 6, &record));
    CHECK_EQUAL(4, record.bss_load_count);
    CHECK_EQUAL(472, record.bss_load_sum);
    CHECK_EQUAL(0, record.bss_load_min);
    CHECK_EQUAL(255, record.bss_load_max);
    CHECK_EQUAL(60000, record.stations_max);
}

static void no_bss_load_is_unknown(void)
{
    struct radio_core *core = harness_new_core();
    feed_beacon(core, 1, 6, 6, -50);
    CHECK(harness_channel(core, 6, &record));
    CHECK_EQUAL(0, record.bss_load_count);
    CHECK_EQUAL(RADIO_U8_UNKNOWN, record.bss_load_min);
    CHECK_EQUAL(RADIO_U8_UNKNOWN, record.bss_load_max);
    CHECK_EQUAL(RADIO_U16_UNKNOWN, record.stations_max);
}

static void dwell_alone(void)
{
    struct radio_core *core = harness_new_core();
    radio_core_dwell(core, 100, 120000);
    radio_core_dwell(core, 100, 5);
    radio_core_dwell(core, 15, 120000);
    radio_core_dwell(core, 1, 0);
    CHECK(harness_channel(core, 100, &record));
    CHECK_EQUAL(120005, record.dwell_us);
    CHECK_EQUAL(RADIO_BAND_5G, record.band);
    CHECK_EQUAL(0, record.frames);
    CHECK(!harness_channel(core, 15, &record));
    CHECK(!harness_channel(core, 1, &record));
}

// Leaves nothing to chance about which counters stop: all are put one step before their end.
static void counters_saturate(void)
{
    struct radio_core *core = harness_new_core();
    struct radio_channel *channel = &core->channels[radio_channel_index(6)];
    struct radio_frame_info info = frame_info(6);
    feed_beacon(core, 1, 6, 6, -50);
    CHECK(harness_channel(core, 6, &record));
    CHECK_EQUAL(0, record.flags);
    channel->dwell_us = channel->airtime_us = channel->frames = channel->beacons = channel->bytes = UINT32_MAX - 1;
    channel->bss_load_sum = channel->bss_load_count = UINT32_MAX - 1;
    channel->fcs_errors = channel->undecoded = UINT16_MAX - 1;
    for (int i = 0; i < 3; i++) {
        radio_core_dwell(core, 6, 1000);
        info.phy = RADIO_PHY_DSSS;
        info.flags = 0;
        frame_beacon(&frame, 1, 6);
        frame_bss_load(&frame, 1, 255);
        harness_feed_frame(core, &info, &frame);
        info.phy = RADIO_PHY_UNKNOWN;
        harness_feed_frame(core, &info, &frame);
        info.flags = RADIO_FRAME_BAD_FCS;
        harness_feed_frame(core, &info, &frame);
    }
    CHECK(harness_channel(core, 6, &record));
    CHECK(record.dwell_us == UINT32_MAX && record.airtime_us == UINT32_MAX && record.frames == UINT32_MAX);
    CHECK(record.beacons == UINT32_MAX && record.bytes == UINT32_MAX);
    CHECK(record.bss_load_sum == UINT32_MAX && record.bss_load_count == UINT32_MAX);
    CHECK(record.fcs_errors == UINT16_MAX && record.undecoded == UINT16_MAX);
    CHECK_EQUAL(1, record.flags);
}

static void one_full_counter_is_flagged(void)
{
    struct radio_core *core = harness_new_core();
    for (uint32_t i = 0; i < UINT16_MAX; i++) {
        struct radio_frame_info info = frame_info(6);
        info.flags = RADIO_FRAME_BAD_FCS;
        CHECK(!harness_channel(core, 6, &record) || record.flags == 0);
        radio_core_frame(core, &info, frame.bytes, 30);
    }
    CHECK(harness_channel(core, 6, &record));
    CHECK_EQUAL(1, record.flags);
}

void channel_tests(void)
{
    check_run("a beacon counts for the channel it states, not for the tuned one", stated_not_tuned);
    check_run("a beacon counts for its stated channel when the tuned one is unknown", works_untuned);
    check_run("a probe response counts in everything but beacons", probe_responses);
    check_run("other frames count for the tuned channel, without RSSI or AP", other_frames);
    check_run("other frames on an unknown channel or another band count in the totals only", untuned_frames);
    check_run("a beacon of another band counts on no channel, whatever it states", beacon_of_another_band);
    check_run("an impossible RSSI is discarded and counted, its frame counts", impossible_rssi);
    check_run("noise is the average over the frames that state it", noise_is_an_average);
    check_run("noise that no frame states is unknown", no_noise_is_unknown);
    check_run("noise belongs to the tuned channel", noise_of_tuned_channel);
    check_run("noise of all sound frames counts, of bad ones none", noise_of_other_frames);
    check_run("the average of noise stands when its sum is full", noise_stops_when_full);
    check_run("utilisation and stations are over all BSS Load elements of the channel", bss_load_figures);
    check_run("without BSS Load, utilisation and stations are unknown, not 0", no_bss_load_is_unknown);
    check_run("a channel that was only listened to is reported", dwell_alone);
    check_run("every counter stops at its end", counters_saturate);
    check_run("a counter at its end is flagged, not before", one_full_counter_is_flagged);
}
