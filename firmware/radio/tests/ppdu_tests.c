// Frames that share a PPDU, and the responses they call for, as the Channel record sees them.
#include "check.h"
#include "harness.h"
#include "radio_state.h"
#include "suites.h"

static struct frame frame;
static struct channel_record record;

enum { LATER = RADIO_FRAME_AMPDU_LATER, CHANNEL = 36 };

static struct radio_frame_info vht_info(uint16_t flags)
{
    struct radio_frame_info info = frame_info(CHANNEL);
    info.phy = RADIO_PHY_VHT;
    info.mcs = 9;
    info.streams = 1;
    info.bandwidth_mhz = 80;
    info.flags = flags;
    return info;
}

// Feeds a frame that is `on_air` bytes long. Returns what it added to the airtime of the channel.
static uint32_t feed(struct radio_core *core, const struct radio_frame_info *info, uint32_t on_air)
{
    struct radio_frame_info sized = *info;
    harness_channel(core, CHANNEL, &record);
    uint32_t before = record.airtime_us;
    sized.on_air_length = on_air;
    sized.flags |= RADIO_FRAME_TRUNCATED;
    harness_feed_frame(core, &sized, &frame);
    harness_channel(core, CHANNEL, &record);
    return record.airtime_us - before;
}

// 40 + 4 ⌈(8 (4 + 1536) + 22) / 1560⌉ = 72 alone; three with delimiters are 4620 bytes: 40 + 4 · 24 = 136.
static void one_preamble(void)
{
    struct radio_core *core = harness_new_core();
    const struct radio_frame_info first = vht_info(0), later = vht_info(LATER);
    frame_qos_data(&frame, 1, 0);
    CHECK_EQUAL(72, feed(core, &first, 1536));
    feed(core, &later, 1536);
    feed(core, &later, 1536);
    CHECK_EQUAL(136, record.airtime_us);
    CHECK_EQUAL(3, record.frames);
    CHECK_EQUAL(72, feed(core, &first, 1536));
}

// 1541 bytes are padded to 1544 before the next delimiter: 3·(4 + 1544) − 3 = 4641 bytes, still 24 symbols; 65 of them 323.
static void padding(void)
{
    struct radio_core *core = harness_new_core();
    const struct radio_frame_info first = vht_info(0), later = vht_info(LATER);
    frame_qos_data(&frame, 1, 0);
    feed(core, &first, 1541);
    for (int i = 1; i < 65; i++) {
        feed(core, &later, 1541);
    }
    // ⌈(8 (65 · 1548 − 3) + 22) / 1560⌉ = 516
    CHECK_EQUAL(40 + 4 * 516, record.airtime_us);
}

// Small frames share symbols: none may be rounded up by itself.
static void small_frames(void)
{
    struct radio_core *core = harness_new_core();
    const struct radio_frame_info first = vht_info(0), later = vht_info(LATER);
    frame_qos_data(&frame, 1, 0);
    CHECK_EQUAL(44, feed(core, &first, 45));
    CHECK_EQUAL(0, feed(core, &later, 45));
    CHECK_EQUAL(0, feed(core, &later, 45)); // 153 bytes: 1246 bits of 1560
    CHECK_EQUAL(4, feed(core, &later, 45)); // 205 bytes: 1662
    CHECK_EQUAL(0, record.undecoded);
}

static void ht_delimiters(void)
{
    struct radio_core *core = harness_new_core();
    struct radio_frame_info info = frame_info(CHANNEL);
    info.phy = RADIO_PHY_HT;
    info.bandwidth_mhz = 20;
    frame_qos_data(&frame, 1, 0);
    CHECK_EQUAL(36 + 4 * 32, feed(core, &info, 100)); // 822 bits of 26
    info.flags = RADIO_FRAME_AMPDU;
    CHECK_EQUAL(36 + 4 * 33, feed(core, &info, 100)); // 854 bits
    info.flags = RADIO_FRAME_AMPDU | LATER;
    CHECK_EQUAL(4 * 32, feed(core, &info, 100)); // 1686 bits: 65 symbols
}

static void lost_first(void)
{
    struct radio_core *core = harness_new_core();
    const struct radio_frame_info first = vht_info(0), bad = vht_info(RADIO_FRAME_BAD_FCS), later = vht_info(LATER);
    frame_qos_data(&frame, 1, 0);
    feed(core, &first, 1536);
    CHECK_EQUAL(0, feed(core, &bad, 1536));
    CHECK_EQUAL(72, feed(core, &later, 1536));
    CHECK(feed(core, &later, 1536) < 72);
}

static void bad_one_within(void)
{
    struct radio_core *core = harness_new_core();
    const struct radio_frame_info first = vht_info(0), later = vht_info(LATER);
    const struct radio_frame_info bad = vht_info(LATER | RADIO_FRAME_BAD_FCS);
    frame_qos_data(&frame, 1, 0);
    feed(core, &first, 1536);
    CHECK_EQUAL(0, feed(core, &bad, 1536));
    CHECK(feed(core, &later, 1536) < 72);
}

static void another_modulation(void)
{
    struct radio_core *core = harness_new_core();
    const struct radio_frame_info first = vht_info(0);
    struct radio_frame_info later = vht_info(LATER);
    frame_qos_data(&frame, 1, 0);
    feed(core, &first, 1536);
    later.streams = 2;
    CHECK_EQUAL(44 + 4 * 4, feed(core, &later, 1536));
    later.bandwidth_mhz = 20;
    later.mcs = 0;
    later.streams = 1;
    CHECK_EQUAL(1940, feed(core, &later, 1536));
    later.flags |= RADIO_FRAME_SHORT_GI;
    CHECK_EQUAL(1750, feed(core, &later, 1536)); // 475 symbols of 3.6 µs
    later.stbc = 1;
    CHECK_EQUAL(40 + 4 + 1714, feed(core, &later, 1536)); // 476, in pairs
}

// Mixed format and greenfield have the same symbols behind another preamble.
static void another_format(void)
{
    struct radio_core *core = harness_new_core();
    struct radio_frame_info info = frame_info(CHANNEL);
    info.phy = RADIO_PHY_HT;
    info.bandwidth_mhz = 20;
    info.flags = RADIO_FRAME_AMPDU;
    frame_qos_data(&frame, 1, 0);
    feed(core, &info, 100);
    info.flags = RADIO_FRAME_AMPDU | RADIO_FRAME_GREENFIELD | LATER;
    CHECK_EQUAL(24 + 4 * 33, feed(core, &info, 100));
}

static void unknown_between(void)
{
    struct radio_core *core = harness_new_core();
    const struct radio_frame_info first = vht_info(0), later = vht_info(LATER);
    struct radio_frame_info unknown = vht_info(LATER);
    unknown.streams = 0;
    frame_qos_data(&frame, 1, 0);
    feed(core, &first, 1536);
    CHECK_EQUAL(0, feed(core, &unknown, 1536));
    CHECK_EQUAL(1, record.undecoded);
    CHECK_EQUAL(72, feed(core, &later, 1536));
}

static void other_channel(void)
{
    struct radio_core *core = harness_new_core();
    struct radio_frame_info elsewhere = vht_info(0);
    const struct radio_frame_info later = vht_info(LATER);
    elsewhere.channel = 40;
    frame_qos_data(&frame, 1, 0);
    feed(core, &elsewhere, 1536);
    CHECK_EQUAL(72, feed(core, &later, 1536));
}

static void legacy_is_alone(void)
{
    struct radio_core *core = harness_new_core();
    struct radio_frame_info info = frame_info(CHANNEL);
    info.phy = RADIO_PHY_OFDM;
    info.rate_100kbps = 540;
    info.flags = LATER;
    frame_qos_data(&frame, 1, 0);
    CHECK_EQUAL(248, feed(core, &info, 1536));
    CHECK_EQUAL(248, feed(core, &info, 1536));
}

// A reference that never changes must not swallow all preambles.
static void endless_aggregate(void)
{
    struct radio_core *core = harness_new_core();
    const struct radio_frame_info later = vht_info(LATER);
    frame_qos_data(&frame, 1, 0);
    feed(core, &later, RADIO_FRAME_MAX);
    core->ppdu.bytes = RADIO_AMPDU_MAX - RADIO_FRAME_MAX;
    CHECK_EQUAL(40 + 4 * 59, feed(core, &later, RADIO_FRAME_MAX));
}

static void windows_share_a_ppdu(void)
{
    struct radio_core *core = harness_new_core();
    const struct radio_frame_info first = vht_info(0), later = vht_info(LATER);
    uint8_t buffer[RADIO_CHANNEL_RECORD];
    frame_qos_data(&frame, 1, 0);
    feed(core, &first, 1536);
    CHECK_EQUAL(1, radio_core_read_channels(core, buffer, sizeof buffer, 1));
    CHECK_EQUAL(32, feed(core, &later, 1536));
}

static void responses_are_an_option(void)
{
    struct radio_core *core = harness_new_core();
    const struct radio_frame_info first = vht_info(0), later = vht_info(LATER);
    radio_core_count_responses(core, 1);
    frame_qos_data(&frame, 1, 0);
    CHECK_EQUAL(72 + 16 + 28, feed(core, &first, 1536));
    feed(core, &later, 1536);
    CHECK_EQUAL(104 + 16 + 32, record.airtime_us); // BlockAck instead of Ack
    feed(core, &later, 1536);
    CHECK_EQUAL(136 + 16 + 32, record.airtime_us);
    radio_core_count_responses(core, 0);
    CHECK_EQUAL(0, feed(core, &later, 1000)); // has been counted: airtime is never taken back
    CHECK_EQUAL(72, feed(core, &first, 1536));
}

static void received_responses_add_nothing_then(void)
{
    struct radio_core *core = harness_new_core();
    struct radio_frame_info info = frame_info(CHANNEL);
    info.phy = RADIO_PHY_OFDM;
    info.rate_100kbps = 240;
    frame_ack(&frame);
    CHECK_EQUAL(28, feed(core, &info, 14));
    radio_core_count_responses(core, 1);
    CHECK_EQUAL(0, feed(core, &info, 14));
    frame.bytes[0] = 0x94; // BlockAck
    CHECK_EQUAL(0, feed(core, &info, 32));
    CHECK_EQUAL(3, record.frames);
    CHECK_EQUAL(0, record.undecoded);
}

static uint32_t ofdm_with_responses(void)
{
    struct radio_core *core = harness_new_core();
    struct radio_frame_info info = frame_info(CHANNEL);
    info.phy = RADIO_PHY_OFDM;
    info.rate_100kbps = 540;
    radio_core_count_responses(core, 1);
    return feed(core, &info, 1536);
}

static void who_is_acknowledged(void)
{
    enum { ALONE = 248, ANSWERED = 248 + 16 + 28 };
    frame_qos_data(&frame, 1, 0);
    CHECK_EQUAL(ANSWERED, ofdm_with_responses());
    frame.bytes[4] |= 1; // to a group
    CHECK_EQUAL(ALONE, ofdm_with_responses());
    frame_qos_data(&frame, 1, 0x20); // no Ack
    CHECK_EQUAL(ALONE, ofdm_with_responses());
    frame.bytes[0] = FRAME_DATA; // without QoS Control
    CHECK_EQUAL(ANSWERED, ofdm_with_responses());
    frame.bytes[0] = 0xD0; // Action
    CHECK_EQUAL(ANSWERED, ofdm_with_responses());
    frame.bytes[0] = 0xE0; // Action No Ack
    CHECK_EQUAL(ALONE, ofdm_with_responses());
    frame.bytes[0] = 0xB4; // RTS
    CHECK_EQUAL(ALONE, ofdm_with_responses());
    frame_qos_data(&frame, 1, 0);
    frame.length = 24; // the capture ends before QoS Control
    CHECK_EQUAL(ALONE, ofdm_with_responses());
}

// With both DS bits a fourth address comes before QoS Control.
static void four_addresses(void)
{
    frame_qos_data(&frame, 1, 0x20);
    frame.bytes[1] = 3;
    frame.bytes[30] = 0;
    CHECK_EQUAL(248 + 16 + 28, ofdm_with_responses());
    frame.bytes[30] = 0x60;
    CHECK_EQUAL(248, ofdm_with_responses());
}

void ppdu_tests(void)
{
    check_run("the frames of an A-MPDU share one preamble and their symbols", one_preamble);
    check_run("each frame of an A-MPDU has a delimiter and is padded to four bytes", padding);
    check_run("small frames of an A-MPDU add nothing until they fill a symbol", small_frames);
    check_run("an HT frame has a delimiter in an A-MPDU only", ht_delimiters);
    check_run("when the first frame of an A-MPDU is lost, the next brings the preamble", lost_first);
    check_run("a bad frame within an A-MPDU does not end it", bad_one_within);
    check_run("a frame of another modulation is no part of the A-MPDU before it", another_modulation);
    check_run("nor is one of another format", another_format);
    check_run("after a frame of unknown modulation a PPDU begins", unknown_between);
    check_run("an A-MPDU stays on its channel", other_channel);
    check_run("DSSS and OFDM know no A-MPDU", legacy_is_alone);
    check_run("an A-MPDU longer than any is taken for the next one", endless_aggregate);
    check_run("an A-MPDU across two windows has one preamble", windows_share_a_ppdu);
    check_run("responses count when asked for, once a PPDU", responses_are_an_option);
    check_run("received responses add nothing when they are counted with their cause", received_responses_add_nothing_then);
    check_run("data and management frames to one receiver are acknowledged", who_is_acknowledged);
    check_run("QoS Control is found behind a fourth address", four_addresses);
}
