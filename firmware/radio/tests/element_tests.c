#include <string.h>

#include "check.h"
#include "harness.h"
#include "suites.h"

static struct frame frame;
static struct channel_record record;

// A beacon of these elements, received on channel 6. Returns the channel it was counted for, 0 = none.
static uint8_t channel_stated_by(struct radio_core *core, const struct frame *beacon)
{
    struct radio_frame_info info = frame_info(6);
    uint8_t buffer[RADIO_CHANNELS * RADIO_CHANNEL_RECORD];
    harness_feed_frame(core, &info, beacon);
    int count = radio_core_read_channels(core, buffer, sizeof buffer, 0);
    for (int i = 0; i < count; i++) {
        struct channel_record channel = harness_decode_channel(buffer + i * RADIO_CHANNEL_RECORD);
        if (channel.beacons) {
            return channel.channel;
        }
    }
    return 0;
}

static void begin(void)
{
    frame_begin_announcement(&frame, FRAME_BEACON, 1);
}

static void ds_before_ht(void)
{
    begin();
    frame_ht_operation(&frame, 11);
    frame_ds(&frame, 8);
    CHECK_EQUAL(8, channel_stated_by(harness_new_core(), &frame));
}

static void ht_alone(void)
{
    begin();
    frame_ht_operation(&frame, 100);
    CHECK_EQUAL(100, channel_stated_by(harness_new_core(), &frame));
}

static void unreal_ds_falls_back(void)
{
    begin();
    frame_ds(&frame, 0);
    frame_ht_operation(&frame, 11);
    CHECK_EQUAL(11, channel_stated_by(harness_new_core(), &frame));
}

static void every_channel_number(void)
{
    for (int channel = 0; channel <= 255; channel++) {
        int is_2g = channel >= 1 && channel <= 14;
        int is_5g = (channel >= 36 && channel <= 64 && channel % 4 == 0) ||
                    (channel >= 100 && channel <= 144 && channel % 4 == 0) ||
                    (channel >= 149 && channel <= 177 && channel % 4 == 1);
        struct radio_core *core = harness_new_core();
        begin();
        frame_ds(&frame, (uint8_t)channel);
        CHECK_EQUAL(is_2g || is_5g ? channel : 0, channel_stated_by(core, &frame));
        CHECK_EQUAL(!(is_2g || is_5g), harness_totals(core).without_channel);
    }
}

static void no_stated_channel(void)
{
    struct radio_core *core = harness_new_core();
    begin();
    frame_bss_load(&frame, 1, 200);
    CHECK_EQUAL(0, channel_stated_by(core, &frame));
    CHECK_EQUAL(1, harness_totals(core).without_channel);
    CHECK(harness_channel(core, 6, &record));
    CHECK_EQUAL(1, record.undecoded);
    CHECK_EQUAL(0, record.frames + record.ap_count + record.bss_load_count);
    CHECK_EQUAL(RADIO_RSSI_UNKNOWN, record.rssi_max);
}

static void ds_of_wrong_length(void)
{
    begin();
    frame_element(&frame, 3, 0, "");
    frame_element(&frame, 3, 2, "\x01\x02");
    frame_ds(&frame, 9);
    CHECK_EQUAL(9, channel_stated_by(harness_new_core(), &frame));
}

static void first_of_each_wins(void)
{
    struct radio_core *core = harness_new_core();
    begin();
    frame_ds(&frame, 3);
    frame_bss_load(&frame, 10, 50);
    frame_bss_load(&frame, 20, 60);
    frame_ds(&frame, 4);
    CHECK_EQUAL(3, channel_stated_by(core, &frame));
    CHECK(harness_channel(core, 3, &record));
    CHECK_EQUAL(50, record.bss_load_sum);
    CHECK_EQUAL(1, record.bss_load_count);
    CHECK_EQUAL(10, record.stations_max);
}

static void first_ht_operation_wins(void)
{
    begin();
    frame_ht_operation(&frame, 40);
    frame_ht_operation(&frame, 44);
    CHECK_EQUAL(40, channel_stated_by(harness_new_core(), &frame));
}

static void bss_load_of_wrong_length(void)
{
    uint8_t value[255] = {1, 0, 99, 0, 0};
    for (int length = 0; length <= 255; length++) {
        struct radio_core *core = harness_new_core();
        frame_beacon(&frame, 1, 6);
        frame_element(&frame, 11, (uint8_t)length, value);
        channel_stated_by(core, &frame);
        CHECK(harness_channel(core, 6, &record));
        CHECK_EQUAL(length == 5, record.bss_load_count);
    }
}

static void walk_stops_at_misfit(void)
{
    struct radio_core *core = harness_new_core();
    frame_beacon(&frame, 1, 6);
    frame_append(&frame, "\xDD\xFF\x00\x0B\x05\x01\x00\x40\x00\x00", 10);
    CHECK_EQUAL(6, channel_stated_by(core, &frame));
    CHECK(harness_channel(core, 6, &record));
    CHECK_EQUAL(0, record.bss_load_count);
}

static void lone_byte_at_end(void)
{
    frame_beacon(&frame, 1, 6);
    frame_append(&frame, "\x0B", 1);
    CHECK_EQUAL(6, channel_stated_by(harness_new_core(), &frame));
}

// A body of the longest management frame, full of empty elements, with the channel as the last.
static void most_elements(void)
{
    begin();
    for (int i = 0; i < RADIO_ELEMENTS_MAX - 1; i++) {
        frame_element(&frame, 200, 0, "");
    }
    frame_ds(&frame, 5);
    CHECK_EQUAL(5, channel_stated_by(harness_new_core(), &frame));
    begin();
    for (int i = 0; i < RADIO_ELEMENTS_MAX; i++) {
        frame_element(&frame, 200, 0, "");
    }
    frame_ds(&frame, 5);
    CHECK_EQUAL(0, channel_stated_by(harness_new_core(), &frame));
}

static void ht_control_shifts(void)
{
    struct radio_core *core = harness_new_core();
    struct frame plain;
    frame_beacon(&plain, 1, 8);
    memcpy(frame.bytes, plain.bytes, 24);
    memset(frame.bytes + 24, 0xEE, 4);
    memcpy(frame.bytes + 28, plain.bytes + 24, plain.length - 24);
    frame.length = plain.length + 4;
    frame.bytes[1] = 0x80;
    CHECK_EQUAL(8, channel_stated_by(core, &frame));
    frame.length = 39;
    CHECK_EQUAL(0, harness_totals(core).malformed);
    channel_stated_by(core, &frame);
    CHECK_EQUAL(1, harness_totals(core).malformed);
}

static void short_frames(void)
{
    static const struct {
        uint8_t frame_control;
        uint32_t least;
    } cases[] = {{FRAME_BEACON, 36}, {FRAME_PROBE_RESPONSE, 36}, {FRAME_DATA, 24}, {0x40, 24}, {FRAME_ACK, 10}};
    struct radio_frame_info info = frame_info(6);
    for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (uint32_t length = 0; length <= 40; length++) {
            struct radio_core *core = harness_new_core();
            frame_begin_announcement(&frame, cases[i].frame_control, 1);
            frame_append(&frame, "\0\0\0\0", 4);
            harness_feed(core, &info, frame.bytes, length);
            CHECK_EQUAL(length < cases[i].least, harness_totals(core).malformed);
            CHECK(harness_nothing_lost(core));
        }
    }
}

static void other_protocol_versions(void)
{
    struct radio_frame_info info = frame_info(6);
    for (uint8_t version = 1; version <= 3; version++) {
        struct radio_core *core = harness_new_core();
        frame_beacon(&frame, 1, 6);
        frame.bytes[0] |= version;
        harness_feed_frame(core, &info, &frame);
        CHECK_EQUAL(1, harness_totals(core).malformed);
        CHECK(!harness_channel(core, 6, &record));
    }
}

void element_tests(void)
{
    check_run("the DS Parameter Set tells the channel before HT Operation does", ds_before_ht);
    check_run("HT Operation tells the channel when there is no DS Parameter Set", ht_alone);
    check_run("HT Operation tells the channel when the DS Parameter Set states an impossible one", unreal_ds_falls_back);
    check_run("exactly the 42 channels of both bands are accepted", every_channel_number);
    check_run("a beacon without a stated channel never counts for the tuned one", no_stated_channel);
    check_run("a DS Parameter Set of another length than 1 is passed over", ds_of_wrong_length);
    check_run("the first occurrence of an element wins", first_of_each_wins);
    check_run("the first HT Operation wins", first_ht_operation_wins);
    check_run("a BSS Load of another length than 5 is passed over", bss_load_of_wrong_length);
    check_run("the walk stops at an element that does not fit and keeps what came before", walk_stops_at_misfit);
    check_run("a lone byte after the last element is harmless", lone_byte_at_end);
    check_run("the walk is bounded, and the bound is beyond the longest management frame", most_elements);
    check_run("an HT Control field shifts the elements by four bytes", ht_control_shifts);
    check_run("a frame shorter than its kind needs is malformed", short_frames);
    check_run("a frame of another protocol version is malformed", other_protocol_versions);
}
