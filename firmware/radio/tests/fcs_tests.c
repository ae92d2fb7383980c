#include <string.h>

#include "check.h"
#include "harness.h"
#include "suites.h"

static struct frame frame;
static struct channel_record record;

static void good_fcs_is_stripped(void)
{
    struct radio_core *core = harness_new_core();
    struct radio_frame_info info = frame_info(6);
    info.flags = RADIO_FRAME_HAS_FCS;
    frame_beacon(&frame, 1, 6);
    frame_fcs(&frame);
    harness_feed_frame(core, &info, &frame);
    CHECK(harness_channel(core, 6, &record));
    CHECK_EQUAL(1, record.beacons);
    CHECK_EQUAL(frame.length, record.bytes);
    CHECK_EQUAL(0, harness_totals(core).fcs_errors);
}

static void check_is_fcs_error_only(struct radio_core *core)
{
    CHECK(harness_channel(core, 6, &record));
    CHECK_EQUAL(1, record.fcs_errors);
    CHECK_EQUAL(0, record.frames + record.beacons + record.bytes + record.airtime_us + record.bss_load_count);
    CHECK_EQUAL(0, record.ap_count + record.undecoded);
    CHECK_EQUAL(RADIO_RSSI_UNKNOWN, record.rssi_max);
    CHECK(!harness_channel(core, 8, &record));
    CHECK_EQUAL(1, harness_totals(core).fcs_errors);
    CHECK_EQUAL(0, harness_totals(core).malformed);
}

static void any_flipped_bit_is_found(void)
{
    struct radio_frame_info info = frame_info(6);
    info.flags = RADIO_FRAME_HAS_FCS;
    frame_beacon(&frame, 1, 8);
    frame_bss_load(&frame, 3, 100);
    frame_fcs(&frame);
    for (uint32_t bit = 0; bit < frame.length * 8; bit++) {
        struct radio_core *core = harness_new_core();
        frame.bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        harness_feed_frame(core, &info, &frame);
        frame.bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        check_is_fcs_error_only(core);
    }
}

static void receivers_verdict_is_taken(void)
{
    struct radio_core *core = harness_new_core();
    struct radio_frame_info info = frame_info(6);
    info.flags = RADIO_FRAME_HAS_FCS | RADIO_FRAME_BAD_FCS;
    frame_beacon(&frame, 1, 8);
    frame_fcs(&frame);
    harness_feed_frame(core, &info, &frame);
    check_is_fcs_error_only(core);
}

static void bad_fcs_on_unknown_channel(void)
{
    struct radio_core *core = harness_new_core();
    struct radio_frame_info info = frame_info(0);
    uint8_t buffer[RADIO_CHANNEL_RECORD];
    info.flags = RADIO_FRAME_BAD_FCS;
    frame_beacon(&frame, 1, 8);
    harness_feed_frame(core, &info, &frame);
    CHECK_EQUAL(1, harness_totals(core).fcs_errors);
    CHECK_EQUAL(0, radio_core_read_channels(core, buffer, sizeof buffer, 0));
}

// The elements end in the header of a DS Parameter Set: if the FCS were walked, its first byte would be a channel.
static void fcs_left_on_is_no_element(void)
{
    struct radio_frame_info info = frame_info(6);
    int tried = 0;
    for (uint32_t ap = 0; ap < 1000; ap++) {
        struct radio_core *core = harness_new_core();
        frame_begin_announcement(&frame, FRAME_BEACON, ap);
        frame_append(&frame, "\x03\x01", 2);
        frame_fcs(&frame);
        uint8_t first_of_fcs = frame.bytes[frame.length - 4];
        tried += first_of_fcs >= 1 && first_of_fcs <= 14;
        // Who does not see the FCS takes it for missing, too, and states the length on the air accordingly.
        info.on_air_length = ap % 2 ? frame.length + 4 : 0;
        harness_feed_frame(core, &info, &frame);
        CHECK_EQUAL(1, harness_totals(core).without_channel);
    }
    CHECK(tried > 10);
}

static void fcs_left_on_counts_once(void)
{
    struct radio_core *core = harness_new_core();
    struct radio_frame_info info = frame_info(6);
    frame_beacon(&frame, 1, 6);
    harness_feed_frame(core, &info, &frame);
    frame_fcs(&frame);
    harness_feed_frame(core, &info, &frame);
    CHECK(harness_channel(core, 6, &record));
    CHECK_EQUAL(2 * frame.length, record.bytes);
}

static void missing_fcs_is_no_error(void)
{
    struct radio_core *core = harness_new_core();
    struct radio_frame_info info = frame_info(6);
    frame_beacon(&frame, 1, 6);
    harness_feed_frame(core, &info, &frame);
    CHECK(harness_channel(core, 6, &record));
    CHECK_EQUAL(1, record.beacons);
    CHECK_EQUAL(frame.length + 4, record.bytes);
}

// Cut at every length: no check sum is asked for, the length on the air stays, and no byte of the FCS is parsed. The last two bytes
// of the BSS Load, its admission capacity, are not needed.
static void truncated_frames(void)
{
    struct radio_frame_info info = frame_info(6);
    frame_beacon(&frame, 1, 8);
    frame_bss_load(&frame, 3, 100);
    uint32_t body = frame.length;
    uint32_t fixed = 36;
    frame_fcs(&frame);
    for (uint32_t length = 0; length < frame.length; length++) {
        struct radio_core *core = harness_new_core();
        info.flags = RADIO_FRAME_HAS_FCS;
        info.on_air_length = frame.length;
        harness_feed(core, &info, frame.bytes, length);
        harness_channel(core, 8, &record);
        CHECK_EQUAL(0, harness_totals(core).fcs_errors);
        CHECK_EQUAL(length < fixed, harness_totals(core).malformed);
        CHECK_EQUAL(length >= fixed + 3, record.beacons);
        CHECK_EQUAL(length >= fixed + 3 ? frame.length : 0, record.bytes);
        CHECK_EQUAL(length >= body - 2, record.bss_load_count);
    }
}

static void truncated_within_ht_operation(void)
{
    struct radio_core *core = harness_new_core();
    struct radio_frame_info info = frame_info(6);
    info.flags = RADIO_FRAME_TRUNCATED;
    frame_begin_announcement(&frame, FRAME_BEACON, 1);
    uint32_t before = frame.length;
    frame_ht_operation(&frame, 44);
    info.on_air_length = frame.length + 4;
    harness_feed(core, &info, frame.bytes, before + 2);
    CHECK_EQUAL(1, harness_totals(core).without_channel);
    harness_feed(core, &info, frame.bytes, before + 3);
    CHECK(harness_channel(core, 44, &record));
    CHECK_EQUAL(1, record.beacons);
}

// The same bytes as a complete frame: the element claims more than there ever was.
static void ht_operation_longer_than_its_frame(void)
{
    struct radio_core *core = harness_new_core();
    struct radio_frame_info info = frame_info(6);
    frame_begin_announcement(&frame, FRAME_BEACON, 1);
    uint32_t before = frame.length;
    frame_ht_operation(&frame, 44);
    harness_feed(core, &info, frame.bytes, before + 3);
    CHECK_EQUAL(1, harness_totals(core).without_channel);
}

static void truncated_within_its_fcs(void)
{
    struct radio_core *core = harness_new_core();
    struct radio_frame_info info = frame_info(6);
    info.flags = RADIO_FRAME_HAS_FCS | RADIO_FRAME_TRUNCATED;
    frame_begin_announcement(&frame, FRAME_BEACON, 1);
    frame_append(&frame, "\x03\x01\x06\x99", 4);
    info.on_air_length = frame.length + 1;
    harness_feed_frame(core, &info, &frame);
    CHECK_EQUAL(1, harness_totals(core).without_channel);
}

static void nothing_but_part_of_an_fcs(void)
{
    struct radio_core *core = harness_new_core();
    struct radio_frame_info info = frame_info(6);
    info.flags = RADIO_FRAME_HAS_FCS | RADIO_FRAME_TRUNCATED;
    info.on_air_length = 4;
    harness_feed(core, &info, (const uint8_t *)"\x80\x00\x00", 3);
    CHECK_EQUAL(1, harness_totals(core).malformed);
}

static void truncated_to_unknown_degree(void)
{
    struct radio_core *core = harness_new_core();
    struct radio_frame_info info = frame_info(6);
    info.flags = RADIO_FRAME_TRUNCATED;
    frame_beacon(&frame, 1, 6);
    harness_feed_frame(core, &info, &frame);
    CHECK(harness_channel(core, 6, &record));
    CHECK_EQUAL(frame.length, record.bytes);
}

static void unbelievable_claims(void)
{
    static const uint32_t claims[] = {1, 5, RADIO_FRAME_MAX + 1, 0x80000000, 0xFFFFFFFC, 0xFFFFFFFF};
    struct radio_frame_info info = frame_info(6);
    for (unsigned i = 0; i < sizeof claims / sizeof claims[0]; i++) {
        struct radio_core *core = harness_new_core();
        info.flags = i % 2 ? RADIO_FRAME_TRUNCATED : 0;
        info.on_air_length = claims[i];
        frame_beacon(&frame, 1, 6);
        harness_feed_frame(core, &info, &frame);
        CHECK(harness_channel(core, 6, &record));
        CHECK_EQUAL(1, record.beacons);
        CHECK_EQUAL(frame.length + (i % 2 ? 0 : 4), record.bytes);
    }
}

static void longest_frame(void)
{
    struct radio_core *core = harness_new_core();
    struct radio_frame_info info = frame_info(6);
    info.flags = RADIO_FRAME_HAS_FCS;
    frame_begin(&frame, FRAME_DATA, 1);
    memset(frame.bytes + frame.length, 7, RADIO_FRAME_MAX - 4 - frame.length);
    frame.length = RADIO_FRAME_MAX - 4;
    frame_fcs(&frame);
    harness_feed_frame(core, &info, &frame);
    CHECK(harness_channel(core, 6, &record));
    CHECK_EQUAL(RADIO_FRAME_MAX, record.bytes);
    harness_feed(core, &info, frame.bytes, RADIO_FRAME_MAX + 1);
    CHECK_EQUAL(1, harness_totals(core).malformed);
}

void fcs_tests(void)
{
    check_run("a right FCS is stripped and its bytes count as on the air", good_fcs_is_stripped);
    check_run("any flipped bit makes a frame count as an FCS error and nowhere else", any_flipped_bit_is_found);
    check_run("a frame that the receiver calls bad is bad", receivers_verdict_is_taken);
    check_run("a bad frame on an unknown channel counts in the totals only", bad_fcs_on_unknown_channel);
    check_run("an FCS left on without the flag is never walked as elements", fcs_left_on_is_no_element);
    check_run("an FCS left on without the flag does not change the bytes on the air", fcs_left_on_counts_once);
    check_run("a frame captured without FCS is no error", missing_fcs_is_no_error);
    check_run("a beacon cut at any length keeps what was whole and its length on the air", truncated_frames);
    check_run("a capture cut within HT Operation still tells the channel", truncated_within_ht_operation);
    check_run("an HT Operation longer than its complete frame is not read", ht_operation_longer_than_its_frame);
    check_run("the part of an FCS that a truncated capture holds is not parsed", truncated_within_its_fcs);
    check_run("a truncated capture of no more than an FCS is malformed", nothing_but_part_of_an_fcs);
    check_run("a frame cut short to an unknown degree counts the bytes that are there", truncated_to_unknown_degree);
    check_run("an impossible length on the air is not believed", unbelievable_claims);
    check_run("the longest frame counts, a longer one is malformed", longest_frame);
}
