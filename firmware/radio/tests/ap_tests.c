#include <string.h>

#include "check.h"
#include "harness.h"
#include "suites.h"

static struct frame frame;
static struct channel_record record;
static struct ap_record ap;

static void hear_at_us(struct radio_core *core, uint32_t number, uint8_t channel, uint64_t at_us, int8_t rssi)
{
    struct radio_frame_info info = frame_info(channel);
    info.timestamp_us = at_us;
    info.rssi = rssi;
    frame_beacon(&frame, number, channel);
    harness_feed_frame(core, &info, &frame);
}

static void hear(struct radio_core *core, uint32_t number, uint8_t channel, uint64_t at_s, int8_t rssi)
{
    hear_at_us(core, number, channel, at_s * 1000000, rssi);
}

static void hear_load(struct radio_core *core, uint32_t number, uint64_t at_us, uint16_t stations, uint8_t utilization)
{
    struct radio_frame_info info = frame_info(6);
    info.timestamp_us = at_us;
    frame_beacon(&frame, number, 6);
    frame_bss_load(&frame, stations, utilization);
    harness_feed_frame(core, &info, &frame);
}

static void distinct_per_channel(void)
{
    struct radio_core *core = harness_new_core();
    for (int round = 0; round < 3; round++) {
        hear(core, 1, 6, 1, -50);
        hear(core, 2, 6, 1, -50);
        hear(core, 1, 8, 1, -50);
    }
    CHECK(harness_channel(core, 6, &record));
    CHECK_EQUAL(2, record.ap_count);
    CHECK(harness_channel(core, 8, &record));
    CHECK_EQUAL(1, record.ap_count);
}

static void bssids_of_zeros_and_ones(void)
{
    struct radio_core *core = harness_new_core();
    struct radio_frame_info info = frame_info(6);
    for (int i = 0; i < 4; i++) {
        frame_beacon(&frame, 1, 6);
        memset(frame.bytes + 16, i % 2 ? 0xFF : 0x00, 6);
        harness_feed_frame(core, &info, &frame);
    }
    CHECK(harness_channel(core, 6, &record));
    CHECK_EQUAL(2, record.ap_count);
}

static void new_ap_knows_nothing(void)
{
    struct radio_core *core = harness_new_core();
    struct radio_frame_info info = frame_info(6);
    uint8_t buffer[RADIO_AP_RECORD];
    info.rssi = 0;
    frame_beacon(&frame, 1, 6);
    memset(frame.bytes + 16, 0, 6);
    harness_feed_frame(core, &info, &frame);
    CHECK_EQUAL(1, radio_core_read_aps(core, buffer, sizeof buffer, 0));
    CHECK_EQUAL(0x80, buffer[8]);
    CHECK_EQUAL(RADIO_U8_UNKNOWN, buffer[14]);
}

static void evicted_load_is_gone(void)
{
    struct radio_core *core = harness_new_core();
    for (uint32_t i = 0; i < RADIO_APS; i++) {
        hear_load(core, i, 1000000, 4, 99);
    }
    hear(core, 1000, 6, 2, -50);
    CHECK(harness_ap(core, 1000, 2000000, &ap));
    CHECK_EQUAL(RADIO_U8_UNKNOWN, ap.utilization);
}

static void exact_beyond_the_table(void)
{
    struct radio_core *core = harness_new_core();
    for (uint32_t i = 0; i < 2 * RADIO_SEEN_MAX; i++) {
        hear(core, i % RADIO_SEEN_MAX * 77, i % 2 ? 1 : 13, i, -50);
    }
    CHECK(harness_channel(core, 1, &record));
    CHECK_EQUAL(RADIO_SEEN_MAX / 2, record.ap_count);
    CHECK_EQUAL(0, record.drops);
    CHECK(harness_channel(core, 13, &record));
    CHECK_EQUAL(RADIO_SEEN_MAX / 2, record.ap_count);
    CHECK_EQUAL(0, harness_totals(core).ap_misses);
    CHECK_EQUAL(2 * RADIO_SEEN_MAX - RADIO_APS, harness_totals(core).ap_evictions);
}

static void full_set_counts_misses(void)
{
    struct radio_core *core = harness_new_core();
    for (uint32_t i = 0; i < RADIO_SEEN_MAX; i++) {
        hear(core, i, i % 2 ? 1 : 13, 1, -50);
    }
    hear(core, 100000, 13, 2, -50);
    hear(core, 100000, 13, 2, -50);
    hear(core, 0, 13, 2, -50);
    CHECK(harness_channel(core, 13, &record));
    CHECK_EQUAL(2, record.drops);
    CHECK_EQUAL(RADIO_SEEN_MAX / 2, record.ap_count);
    CHECK_EQUAL(2, harness_totals(core).ap_misses);
}

static void ap_count_of_255(void)
{
    struct radio_core *core = harness_new_core();
    for (uint32_t i = 0; i < 260; i++) {
        hear(core, i, 6, 1, -50);
    }
    CHECK(harness_channel(core, 6, &record));
    CHECK_EQUAL(255, record.ap_count);
    CHECK_EQUAL(5, record.drops);
    CHECK_EQUAL(1, record.flags);
}

static void clear_forgets_seen(void)
{
    struct radio_core *core = harness_new_core();
    uint8_t buffer[RADIO_CHANNEL_RECORD];
    hear(core, 1, 6, 1, -50);
    CHECK_EQUAL(1, radio_core_read_channels(core, buffer, sizeof buffer, 1));
    CHECK_EQUAL(0, radio_core_read_channels(core, buffer, sizeof buffer, 0));
    hear(core, 1, 6, 2, -50);
    CHECK(harness_channel(core, 6, &record));
    CHECK_EQUAL(1, record.ap_count);
}

static void clear_keeps_aps(void)
{
    struct radio_core *core = harness_new_core();
    uint8_t buffer[RADIO_CHANNEL_RECORD];
    hear_load(core, 1, 1000000, 4, 99);
    radio_core_read_channels(core, buffer, sizeof buffer, 1);
    CHECK(harness_ap(core, 1, 2000000, &ap));
    CHECK_EQUAL(4, ap.stations);
    CHECK_EQUAL(99, ap.utilization);
    CHECK_EQUAL(1, ap.flags);
    CHECK_EQUAL(0, harness_totals(core).ap_evictions);
}

// All but one of the places: AP number i, i µs after `at_s`.
static void fill_all_but_one(struct radio_core *core, uint64_t at_s, int8_t rssi)
{
    for (uint32_t i = 1; i < RADIO_APS; i++) {
        hear_at_us(core, i, 6, at_s * 1000000 + i, rssi);
    }
}

static void oldest_goes_first(void)
{
    struct radio_core *core = harness_new_core();
    hear(core, 500, 6, 100, -30);
    fill_all_but_one(core, 100 + RADIO_AP_AGE_STEP_S, -80);
    CHECK_EQUAL(0, harness_totals(core).ap_evictions);
    hear(core, 1000, 6, 100 + 2 * RADIO_AP_AGE_STEP_S, -95);
    CHECK_EQUAL(1, harness_totals(core).ap_evictions);
    CHECK(!harness_ap(core, 500, 0, &ap));
    CHECK(harness_ap(core, 1, 0, &ap));
    CHECK(harness_ap(core, 1000, 0, &ap));
}

static void weakest_goes_within_a_step(void)
{
    struct radio_core *core = harness_new_core();
    hear(core, 500, 6, 100, -30);
    fill_all_but_one(core, 101, -50);
    hear(core, 7, 6, 102, -91);
    hear(core, 1000, 6, 103, -95);
    CHECK(!harness_ap(core, 7, 0, &ap));
    CHECK(harness_ap(core, 500, 0, &ap));
    hear(core, 1001, 6, 104, -20);
    CHECK(!harness_ap(core, 1000, 0, &ap));
    CHECK_EQUAL(2, harness_totals(core).ap_evictions);
}

static void older_goes_of_equals(void)
{
    struct radio_core *core = harness_new_core();
    hear(core, 500, 6, 103, -50);
    fill_all_but_one(core, 101, -50);
    hear(core, 1, 6, 102, -50);
    hear(core, 1000, 6, 104, -50);
    CHECK(!harness_ap(core, 2, 0, &ap));
    CHECK(harness_ap(core, 1, 0, &ap));
}

static void unheard_rssi_is_weakest(void)
{
    struct radio_core *core = harness_new_core();
    hear(core, 500, 6, 103, 0);
    fill_all_but_one(core, 102, -100);
    hear(core, 1000, 6, 104, -50);
    CHECK(!harness_ap(core, 500, 0, &ap));
}

// Time stamps that went back make ages of 0, not huge ones.
static void future_aps_are_young(void)
{
    struct radio_core *core = harness_new_core();
    hear(core, 500, 6, 100000, -90);
    fill_all_but_one(core, 90000, -50);
    hear(core, 1000, 6, 5, -50);
    CHECK(!harness_ap(core, 500, 0, &ap));
    CHECK_EQUAL(1, harness_totals(core).ap_evictions);
}

static void evicted_ap_is_told(void)
{
    struct radio_core *core = harness_new_core();
    uint8_t buffer[RADIO_AP_RECORD], bssid[6];
    CHECK_EQUAL(RADIO_BUFFER_TOO_SMALL, radio_core_read_evicted(core, buffer, RADIO_AP_RECORD - 1, 0));
    CHECK_EQUAL(0, radio_core_read_evicted(core, buffer, sizeof buffer, 0));
    hear_load(core, 500, 1000000, 7, 70);
    fill_all_but_one(core, 1, -50);
    hear(core, 1000, 11, 2, -40);
    CHECK_EQUAL(1, radio_core_read_evicted(core, buffer, sizeof buffer, 2000000));
    frame_bssid(bssid, 500);
    CHECK(memcmp(buffer, bssid, sizeof bssid) == 0);
    CHECK_EQUAL(6, buffer[6]);
    CHECK_EQUAL(70, buffer[14]);
    hear(core, 1001, 11, 3, -40);
    CHECK_EQUAL(1, radio_core_read_evicted(core, buffer, sizeof buffer, 3000000));
    frame_bssid(bssid, 1);
    CHECK(memcmp(buffer, bssid, sizeof bssid) == 0);
}

static void ap_follows_its_channel(void)
{
    struct radio_core *core = harness_new_core();
    hear(core, 1, 6, 1, -50);
    hear(core, 1, 11, 2, -60);
    CHECK(harness_ap(core, 1, 2000000, &ap));
    CHECK_EQUAL(11, ap.channel);
    CHECK_EQUAL(-60, ap.rssi);
    hear(core, 1, 11, 3, 0);
    CHECK(harness_ap(core, 1, 3000000, &ap));
    CHECK_EQUAL(-60, ap.rssi);
    CHECK_EQUAL(RADIO_U16_UNKNOWN, ap.stations);
    CHECK_EQUAL(RADIO_U8_UNKNOWN, ap.utilization);
    CHECK_EQUAL(0, ap.flags);
}

static void old_aps_are_left_out(void)
{
    struct radio_core *core = harness_new_core();
    uint64_t second = 1000000;
    hear(core, 1, 6, 10, -50);
    CHECK(harness_ap(core, 1, 0, &ap));
    CHECK(harness_ap(core, 1, (10 + RADIO_AP_MAX_AGE_S) * second, &ap));
    CHECK(!harness_ap(core, 1, (11 + RADIO_AP_MAX_AGE_S) * second, &ap));
}

static void bss_load_lookup(void)
{
    struct radio_core *core = harness_new_core();
    struct radio_bss_load load;
    uint8_t bssid[6];
    frame_bssid(bssid, 1);
    CHECK_EQUAL(0, radio_core_bss_load(core, bssid, 0, &load));
    CHECK(load.stations == RADIO_U16_UNKNOWN && load.utilization == RADIO_U8_UNKNOWN && load.age_s == RADIO_U8_UNKNOWN);
    hear_load(core, 1, 5000000, 12, 34);
    hear(core, 1, 6, 6, -50);
    hear_load(core, 2, 7000000, 56, 78);
    CHECK_EQUAL(1, radio_core_bss_load(core, bssid, 8999999, &load));
    CHECK(load.stations == 12 && load.utilization == 34 && load.age_s == 3);
    CHECK_EQUAL(1, radio_core_bss_load(core, bssid, 4000000, &load));
    CHECK_EQUAL(0, load.age_s);
}

static void bss_load_ages(void)
{
    struct radio_core *core = harness_new_core();
    struct radio_bss_load load;
    uint8_t bssid[6];
    frame_bssid(bssid, 1);
    hear_load(core, 1, 0, 12, 34);
    uint64_t end_us = (RADIO_BSS_LOAD_MAX_AGE_S + 1) * 1000000ull;
    CHECK_EQUAL(1, radio_core_bss_load(core, bssid, end_us - 1, &load));
    CHECK_EQUAL(RADIO_BSS_LOAD_MAX_AGE_S, load.age_s);
    CHECK_EQUAL(0, radio_core_bss_load(core, bssid, end_us, &load));
    CHECK_EQUAL(RADIO_U8_UNKNOWN, load.age_s);
    CHECK(harness_ap(core, 1, end_us, &ap));
    CHECK_EQUAL(RADIO_U8_UNKNOWN, ap.utilization);
    CHECK_EQUAL(0, ap.flags);
}

void ap_tests(void)
{
    check_run("ap_count is the number of distinct BSSIDs on a channel", distinct_per_channel);
    check_run("a BSSID of zeros and one of ones are APs like others", bssids_of_zeros_and_ones);
    check_run("an AP just found has no RSSI and no BSS Load until it is heard with them", new_ap_knows_nothing);
    check_run("an AP does not inherit the BSS Load of the one it displaced", evicted_load_is_gone);
    check_run("ap_count stays exact with more APs than the table holds", exact_beyond_the_table);
    check_run("when the set is full, every sighting outside it is counted", full_set_counts_misses);
    check_run("ap_count stops at 255 and the APs beyond are counted", ap_count_of_255);
    check_run("a clearing read starts ap_count anew", clear_forgets_seen);
    check_run("a clearing read keeps the APs and their BSS Load", clear_keeps_aps);
    check_run("a full table gives up the AP heard longest ago", oldest_goes_first);
    check_run("of APs heard about equally long ago the weakest goes", weakest_goes_within_a_step);
    check_run("of equally strong ones the older goes", older_goes_of_equals);
    check_run("an AP without a valid RSSI is the weakest", unheard_rssi_is_weakest);
    check_run("an AP heard in the future is young", future_aps_are_young);
    check_run("the AP that lost its place last can be read", evicted_ap_is_told);
    check_run("an AP has its newest channel and its newest valid RSSI", ap_follows_its_channel);
    check_run("an AP not heard for the longest window is left out", old_aps_are_left_out);
    check_run("the BSS Load of one AP is found, with its age", bss_load_lookup);
    check_run("a BSS Load too old to state its age is unknown", bss_load_ages);
}
