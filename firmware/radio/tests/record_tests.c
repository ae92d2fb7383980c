#include <string.h>

#include "check.h"
#include "harness.h"
#include "radio_channel.h"
#include "radio_state.h"
#include "suites.h"

static struct frame frame;

static void size_is_exported(void)
{
    CHECK_EQUAL(sizeof(struct radio_core), radio_core_size());
    CHECK(radio_core_size() <= 8192);
}

// The bytes, written out once: other languages depend on each of them.
static void channel_record_bytes(void)
{
    static const uint8_t expected[RADIO_CHANNEL_RECORD] = {
        11,   2,    1,    0xC4, // channel, band, ap_count, rssi_max −60
        0x40, 0xE2, 0x01, 0,    // dwell_us 123456
        0x50, 0x02, 0,    0,    // airtime_us 192 + 8·50
        2,    0,    0,    0,    // frames
        1,    0,    0,    0,    // beacons
        0x58, 0,    0,    0,    // bytes: 50 + 38
        1,    0,    1,    0,    // fcsErr, undecoded
        0,    0,    0x02, 0x01, // drops, stationsMax 258
        0x83, 0,    0,    0,    // bssLoadSum
        1,    0,    0,    0,    // bssLoadCount
        0x83, 0x83, 0x80, 0,    // bssLoadMin, bssLoadMax, noiseAvg unknown, flags
        0,    0,    0,    0,    // seq, reserved
    };
    struct radio_core *core = harness_new_core();
    struct radio_frame_info info = frame_info(11);
    uint8_t buffer[RADIO_CHANNEL_RECORD];
    radio_core_dwell(core, 11, 123456);
    frame_beacon(&frame, 1, 11);
    frame_bss_load(&frame, 258, 0x83);
    harness_feed_frame(core, &info, &frame);
    info.flags = RADIO_FRAME_BAD_FCS;
    harness_feed_frame(core, &info, &frame);
    info.flags = 0;
    info.phy = RADIO_PHY_UNKNOWN;
    frame_begin(&frame, FRAME_DATA, 1);
    frame_append(&frame, "0123456789", 10);
    harness_feed_frame(core, &info, &frame);
    CHECK_EQUAL(1, radio_core_read_channels(core, buffer, sizeof buffer, 0));
    CHECK(memcmp(expected, buffer, sizeof buffer) == 0);
}

static void ap_record_bytes(void)
{
    static const uint8_t expected[RADIO_AP_RECORD] = {
        2,    0,    0,  0, 0,    9, // BSSID
        11,   0,                    // channel, second: none
        0xC4, 0xFF, 20, 0,          // RSSI −60, PHY unknown, 20 MHz, open
        0x02, 1,    0x83, 1,        // stations 258, utilisation, flags
    };
    struct radio_core *core = harness_new_core();
    struct radio_frame_info info = frame_info(11);
    uint8_t buffer[RADIO_AP_RECORD];
    frame_beacon(&frame, 9, 11);
    frame_bss_load(&frame, 258, 0x83);
    harness_feed_frame(core, &info, &frame);
    CHECK_EQUAL(1, radio_core_read_aps(core, buffer, sizeof buffer, 0));
    CHECK(memcmp(expected, buffer, sizeof buffer) == 0);
}

static void totals_record_bytes(void)
{
    struct radio_core *core = harness_new_core();
    uint8_t buffer[RADIO_TOTALS_RECORD];
    for (uint32_t i = 0; i < RADIO_TOTALS; i++) {
        core->totals[i] = 0x04030201 + i * 0x10101010;
    }
    CHECK_EQUAL(RADIO_TOTALS_RECORD, radio_core_read_totals(core, buffer, sizeof buffer));
    for (int i = 0; i < RADIO_TOTALS_RECORD; i++) {
        CHECK_EQUAL(i % 4 + 1 + i / 4 * 0x10, buffer[i]);
    }
    CHECK_EQUAL(RADIO_BUFFER_TOO_SMALL, radio_core_read_totals(core, buffer, sizeof buffer - 1));
}

static void totals_wrap(void)
{
    struct radio_core *core = harness_new_core();
    struct radio_frame_info info = frame_info(6);
    core->totals[RADIO_TOTAL_FRAMES] = UINT32_MAX;
    frame_beacon(&frame, 1, 6);
    harness_feed_frame(core, &info, &frame);
    CHECK_EQUAL(0, harness_totals(core).frames);
}

static void all_channels_ascend(void)
{
    struct radio_core *core = harness_new_core();
    uint8_t buffer[RADIO_CHANNELS * RADIO_CHANNEL_RECORD];
    for (int i = RADIO_CHANNELS - 1; i >= 0; i--) {
        radio_core_dwell(core, radio_channel_number(i), 1);
    }
    CHECK_EQUAL(RADIO_CHANNELS, radio_core_read_channels(core, buffer, sizeof buffer, 0));
    for (int i = 1; i < RADIO_CHANNELS; i++) {
        CHECK(buffer[(i - 1) * RADIO_CHANNEL_RECORD] < buffer[i * RADIO_CHANNEL_RECORD]);
        CHECK_EQUAL(i, radio_channel_index(buffer[i * RADIO_CHANNEL_RECORD]));
    }
}

static void small_buffers_change_nothing(void)
{
    struct radio_core *core = harness_new_core();
    uint8_t buffer[2 * RADIO_CHANNEL_RECORD];
    radio_core_dwell(core, 1, 7);
    radio_core_dwell(core, 36, 7);
    for (int capacity = -1; capacity < (int)sizeof buffer; capacity++) {
        CHECK_EQUAL(RADIO_BUFFER_TOO_SMALL, radio_core_read_channels(core, buffer, capacity, 1));
    }
    CHECK_EQUAL(2, radio_core_read_channels(core, buffer, sizeof buffer, 0));
    CHECK_EQUAL(0, buffer[44]);
}

static void small_ap_buffers(void)
{
    struct radio_core *core = harness_new_core();
    struct radio_frame_info info = frame_info(6);
    uint8_t buffer[RADIO_AP_RECORD];
    CHECK_EQUAL(0, radio_core_read_aps(core, NULL, 0, 0));
    frame_beacon(&frame, 1, 6);
    harness_feed_frame(core, &info, &frame);
    CHECK_EQUAL(RADIO_BUFFER_TOO_SMALL, radio_core_read_aps(core, buffer, RADIO_AP_RECORD - 1, 0));
    CHECK_EQUAL(1, radio_core_read_aps(core, buffer, RADIO_AP_RECORD, 0));
}

static void clearing_starts_a_window(void)
{
    struct radio_core *core = harness_new_core();
    uint8_t buffer[RADIO_CHANNEL_RECORD];
    for (int window = 0; window < 300; window++) {
        radio_core_dwell(core, 6, 1);
        CHECK_EQUAL(1, radio_core_read_channels(core, buffer, sizeof buffer, 0));
        CHECK_EQUAL(1, radio_core_read_channels(core, buffer, sizeof buffer, 1));
        CHECK_EQUAL(1, buffer[4]);
        CHECK_EQUAL(window % 256, buffer[44]);
        CHECK_EQUAL(0, radio_core_read_channels(core, buffer, sizeof buffer, 0));
    }
}

void record_tests(void)
{
    check_run("the size of a core is exported and within 8 KiB", size_is_exported);
    check_run("a Channel record has the documented bytes", channel_record_bytes);
    check_run("an Ap record has the documented bytes", ap_record_bytes);
    check_run("a Totals record has the documented bytes", totals_record_bytes);
    check_run("totals start again after 2^32", totals_wrap);
    check_run("all 42 channels are reported in ascending order", all_channels_ascend);
    check_run("a buffer that is too small clears nothing", small_buffers_change_nothing);
    check_run("APs that do not fit are not told in part", small_ap_buffers);
    check_run("a clearing read empties the channels and numbers the window", clearing_starts_a_window);
}
