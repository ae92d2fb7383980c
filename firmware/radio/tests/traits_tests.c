// What the Ap record says of an AP: second channel, PHY, width, authentication.
#include <string.h>

#include "check.h"
#include "harness.h"
#include "suites.h"

static struct frame frame;

enum { UNKNOWN = RADIO_U8_UNKNOWN };
enum { B = 1, G = 2, N = 4, A = 16, AC = 32, AX = 64 };

struct traits {
    uint8_t second, phy, bandwidth, auth;
};

static struct traits hear(struct radio_core *core)
{
    struct radio_frame_info info = frame_info(0);
    uint8_t record[RADIO_AP_RECORD];
    harness_feed_frame(core, &info, &frame);
    CHECK_EQUAL(1, radio_core_read_aps(core, record, sizeof record, 0));
    const struct traits traits = {record[7], record[9], record[10], record[11]};
    return traits;
}

static struct traits traits(void)
{
    return hear(harness_new_core());
}

static void modern_ap(void)
{
    frame_modern_beacon(&frame, 1, 36);
    struct traits heard = traits();
    CHECK_EQUAL(1, heard.second);
    CHECK_EQUAL(A | N | AC | AX, heard.phy);
    CHECK_EQUAL(80, heard.bandwidth);
    CHECK_EQUAL(7, heard.auth); // WPA2 and WPA3
}

static void plain_ap(void)
{
    frame_beacon(&frame, 1, 6);
    struct traits heard = traits();
    CHECK_EQUAL(0, heard.second);
    CHECK_EQUAL(UNKNOWN, heard.phy);
    CHECK_EQUAL(20, heard.bandwidth);
    CHECK_EQUAL(0, heard.auth);
}

static uint8_t phy_of_rates(uint8_t channel, const void *rates, uint8_t count, const void *more, uint8_t more_count)
{
    frame_beacon(&frame, 1, channel);
    frame_element(&frame, 1, count, rates);
    frame_element(&frame, 50, more_count, more);
    return traits().phy;
}

// 0x82 = 1 Mb/s, basic; 0xFF = "HT only", which is no rate.
static void rates_tell_old_phys(void)
{
    CHECK_EQUAL(B, phy_of_rates(6, "\x82\x84\x8B\x96\xFF", 5, "", 0));
    CHECK_EQUAL(B | G, phy_of_rates(6, "\x82\x84\x8B\x96", 4, "\x0C\x12\x18\x60", 4));
    CHECK_EQUAL(G, phy_of_rates(6, "\x8C", 1, "", 0));
    CHECK_EQUAL(A, phy_of_rates(40, "\x8C\x12\x98\x24\xB0\x48\x60\x6C", 8, "", 0));
    CHECK_EQUAL(B, phy_of_rates(14, "\x16", 1, "", 0));
    CHECK_EQUAL(UNKNOWN, phy_of_rates(6, "\xFF\xFB", 2, "", 0));
}

static void every_ofdm_rate(void)
{
    static const uint8_t rates[] = {12, 18, 24, 36, 48, 72, 96, 108};
    for (unsigned i = 0; i < sizeof rates; i++) {
        CHECK_EQUAL(A, phy_of_rates(40, &rates[i], 1, "", 0));
    }
}

static void add_ht_operation(uint8_t channel, uint8_t how)
{
    const uint8_t value[22] = {channel, how};
    frame_element(&frame, 61, sizeof value, value);
}

static void second_channel_and_40_mhz(void)
{
    static const struct {
        uint8_t how, second, bandwidth;
    } cases[] = {{0x00, 0, 20}, {0x01, 1, 20}, {0x05, 1, 40}, {0x07, 2, 40}, {0x06, 0, 20}, {0x04, 0, 20}};
    for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        frame_begin_announcement(&frame, FRAME_BEACON, 1);
        add_ht_operation(6, cases[i].how);
        add_ht_operation(6, 0x05 ^ cases[i].how); // the first counts
        struct traits heard = traits();
        CHECK_EQUAL(cases[i].second, heard.second);
        CHECK_EQUAL(cases[i].bandwidth, heard.bandwidth);
    }
}

static void width_of_vht(void)
{
    static const struct {
        uint8_t value[3], bandwidth;
    } cases[] = {{{0, 0, 0}, 40},    {{1, 42, 0}, 80},  {{1, 42, 50}, 160},
                 {{1, 42, 155}, 160}, {{2, 50, 0}, 160}, {{3, 42, 155}, 160}};
    for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        frame_begin_announcement(&frame, FRAME_BEACON, 1);
        add_ht_operation(36, 0x05);
        frame_element(&frame, 192, 2, "\x02\x02"); // too short
        frame_element(&frame, 192, 3, cases[i].value);
        frame_element(&frame, 192, 3, "\x00\x00\x00"); // the first counts
        CHECK_EQUAL(cases[i].bandwidth, traits().bandwidth);
    }
}

static void short_ht_operation(void)
{
    frame_begin_announcement(&frame, FRAME_BEACON, 1);
    frame_element(&frame, 61, 1, "\x24");
    CHECK_EQUAL(0, traits().second);
    frame_begin_announcement(&frame, FRAME_BEACON, 1);
    frame_ds(&frame, 6);
    frame_element(&frame, 61, 0, "");
    CHECK_EQUAL(0, traits().second);
}

static void other_extensions(void)
{
    frame_beacon(&frame, 1, 6);
    frame_element(&frame, 255, 0, "");
    frame_extension(&frame, 36);
    CHECK_EQUAL(UNKNOWN, traits().phy);
    frame_extension(&frame, 35);
    CHECK_EQUAL(AX, traits().phy);
}

static void begin_secure(void)
{
    frame_beacon(&frame, 1, 6);
    frame.bytes[34] |= 0x10; // privacy
}

// An RSN element with one pairwise cipher and these suites.
static void add_rsn(const uint8_t *suites, uint8_t count)
{
    uint8_t value[64] = {1, 0, 0x00, 0x0F, 0xAC, 4, 1, 0, 0x00, 0x0F, 0xAC, 4, count};
    for (int i = 0; i < count; i++) {
        const uint8_t selector[4] = {0x00, 0x0F, 0xAC, suites[i]};
        memcpy(value + 14 + 4 * i, selector, sizeof selector);
    }
    frame_element(&frame, 48, (uint8_t)(14 + 4 * count), value);
}

static void add_wpa(uint8_t suite)
{
    const uint8_t value[22] = {0x00, 0x50, 0xF2, 1, 1, 0, 0x00, 0x50, 0xF2, 2,    1,
                               0,    0x00, 0x50, 0xF2, 2, 1, 0, 0x00, 0x50, 0xF2, suite};
    frame_element(&frame, 221, sizeof value, value);
}

static uint8_t auth_of_rsn(const char *suites)
{
    begin_secure();
    add_rsn((const uint8_t *)suites, (uint8_t)strlen(suites));
    return traits().auth;
}

static void auth_of_suites(void)
{
    CHECK_EQUAL(3, auth_of_rsn("\x02"));
    CHECK_EQUAL(3, auth_of_rsn("\x04\x06"));
    CHECK_EQUAL(6, auth_of_rsn("\x08"));
    CHECK_EQUAL(6, auth_of_rsn("\x09\x18"));
    CHECK_EQUAL(7, auth_of_rsn("\x02\x08"));
    CHECK_EQUAL(5, auth_of_rsn("\x01"));
    CHECK_EQUAL(5, auth_of_rsn("\x05\x03"));
    CHECK_EQUAL(10, auth_of_rsn("\x0C"));
    CHECK_EQUAL(9, auth_of_rsn("\x12"));
    CHECK_EQUAL(UNKNOWN, auth_of_rsn("\x0E")); // FILS
    CHECK_EQUAL(UNKNOWN, auth_of_rsn("\xFF"));
    CHECK_EQUAL(UNKNOWN, auth_of_rsn(""));
}

static void auth_before_rsn(void)
{
    begin_secure();
    CHECK_EQUAL(1, traits().auth);
    add_wpa(2);
    CHECK_EQUAL(2, traits().auth);
    add_wpa(1); // the first counts
    CHECK_EQUAL(2, traits().auth);
    add_rsn((const uint8_t *)"\x02", 1);
    CHECK_EQUAL(4, traits().auth);
    add_rsn((const uint8_t *)"\x08", 1);
    CHECK_EQUAL(4, traits().auth);
    begin_secure();
    add_wpa(1);
    CHECK_EQUAL(16, traits().auth);
    begin_secure();
    add_wpa(6);
    CHECK_EQUAL(UNKNOWN, traits().auth);
}

static void other_vendors(void)
{
    static const char *const others[] = {"\x00\x50\xF2\x02", "\x00\x50\xF3\x01", "\x00\x51\xF2\x01", "\x01\x50\xF2\x01"};
    for (unsigned i = 0; i < sizeof others / sizeof others[0]; i++) {
        frame_beacon(&frame, 1, 6);
        frame_element(&frame, 221, 4, others[i]);
        CHECK_EQUAL(0, traits().auth);
    }
    frame_element(&frame, 221, 3, "\x00\x50\xF2");
    CHECK_EQUAL(0, traits().auth);
}

static void foreign_selectors(void)
{
    static const uint8_t selectors[3][4] = {{0x01, 0x0F, 0xAC, 2}, {0x00, 0x10, 0xAC, 2}, {0x00, 0x0F, 0xAD, 2}};
    for (int i = 0; i < 3; i++) {
        uint8_t value[18] = {1, 0, 0x00, 0x0F, 0xAC, 4, 1, 0, 0x00, 0x0F, 0xAC, 4, 1};
        memcpy(value + 14, selectors[i], 4);
        begin_secure();
        frame_element(&frame, 48, sizeof value, value);
        CHECK_EQUAL(UNKNOWN, traits().auth);
    }
}

// Lists that claim more than the element holds are read as far as it goes.
static void rsn_of_every_length(void)
{
    static const uint8_t value[22] = {1, 0, 0x00, 0x0F, 0xAC, 4, 1, 0, 0x00, 0x0F, 0xAC, 4,
                                      0xFF, 0xFF, 0x00, 0x0F, 0xAC, 2, 0x00, 0x0F, 0xAC, 8};
    for (uint8_t length = 0; length <= sizeof value; length++) {
        begin_secure();
        frame_element(&frame, 48, length, value);
        CHECK_EQUAL(length == 22 ? 7 : length >= 18 ? 3 : UNKNOWN, traits().auth);
    }
}

static void unread_is_unknown(void)
{
    struct radio_core *core = harness_new_core();
    frame_modern_beacon(&frame, 1, 36);
    hear(core);
    frame_modern_beacon(&frame, 2, 36);
    frame_append(&frame, "\xDD\xFF", 2); // does not fit: the walk ends there
    struct traits heard = hear(harness_new_core());
    CHECK_EQUAL(1, heard.second);
    CHECK_EQUAL(UNKNOWN, heard.phy);
    CHECK_EQUAL(UNKNOWN, heard.bandwidth);
    CHECK_EQUAL(UNKNOWN, heard.auth);
    frame_beacon(&frame, 2, 36);
    frame_append(&frame, "\xDD\xFF", 2);
    CHECK_EQUAL(UNKNOWN, traits().second);
}

static void known_stays_known(void)
{
    struct radio_core *core = harness_new_core();
    frame_modern_beacon(&frame, 1, 36);
    hear(core);
    frame_begin_announcement(&frame, FRAME_BEACON, 1);
    frame_ds(&frame, 36);
    frame_append(&frame, "\xDD\xFF", 2);
    struct traits heard = hear(core);
    CHECK_EQUAL(1, heard.second);
    CHECK_EQUAL(A | N | AC | AX, heard.phy);
    CHECK_EQUAL(80, heard.bandwidth);
    CHECK_EQUAL(7, heard.auth);
}

// What a truncated capture has of an element is read; what it has not seen is not known.
static void truncated_beacon(void)
{
    struct radio_frame_info info = frame_info(36);
    uint8_t record[RADIO_AP_RECORD];
    frame_modern_beacon(&frame, 1, 36);
    for (uint32_t length = 36; length <= frame.length; length++) {
        struct radio_core *core = harness_new_core();
        info.flags = RADIO_FRAME_TRUNCATED;
        info.on_air_length = frame.length + 4;
        harness_feed(core, &info, frame.bytes, length);
        int count = radio_core_read_aps(core, record, sizeof record, 0);
        int is_whole = length == frame.length;
        CHECK(count == 0 || record[11] == (is_whole ? 7 : UNKNOWN));
        CHECK(count == 0 || record[10] == (is_whole ? 80 : UNKNOWN));
    }
}

// Not even a cut between two elements passes for the end: else a secured AP would be an open one.
static void truncated_to_unknown_degree(void)
{
    static const uint32_t claims[] = {0, 20, RADIO_FRAME_MAX + 1};
    struct radio_frame_info info = frame_info(36);
    uint8_t record[RADIO_AP_RECORD];
    info.flags = RADIO_FRAME_TRUNCATED;
    frame_modern_beacon(&frame, 1, 36);
    for (uint32_t length = 36; length <= frame.length; length++) {
        struct radio_core *core = harness_new_core();
        info.on_air_length = claims[length % 3];
        harness_feed(core, &info, frame.bytes, length);
        int count = radio_core_read_aps(core, record, sizeof record, 0);
        CHECK(count == 0 || record[11] == UNKNOWN);
        CHECK(count == 0 || record[10] == UNKNOWN);
    }
}

void traits_tests(void)
{
    check_run("a modern AP states its second channel, PHYs, width and authentication", modern_ap);
    check_run("an AP without such elements is open, 20 MHz wide and of unknown PHY", plain_ap);
    check_run("rates tell 802.11a, b and g apart", rates_tell_old_phys);
    check_run("each OFDM rate is known", every_ofdm_rate);
    check_run("HT Operation tells the second channel and 40 MHz", second_channel_and_40_mhz);
    check_run("VHT Operation tells 80 and 160 MHz", width_of_vht);
    check_run("an HT Operation that ends early has no second channel", short_ht_operation);
    check_run("other extension elements say nothing", other_extensions);
    check_run("the suites of RSN tell how stations authenticate", auth_of_suites);
    check_run("without RSN, WPA and the Privacy bit tell it", auth_before_rsn);
    check_run("elements of other vendors say nothing", other_vendors);
    check_run("suites of another OUI are not taken for the standard's", foreign_selectors);
    check_run("lists of suites are read as far as the element goes", rsn_of_every_length);
    check_run("what was not read to the end is unknown", unread_is_unknown);
    check_run("what is known of an AP stays so when a beacon does not tell", known_stays_known);
    check_run("of a truncated beacon only what it states is known", truncated_beacon);
    check_run("so too when it does not say how much is missing", truncated_to_unknown_degree);
}
