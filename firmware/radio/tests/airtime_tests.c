#include "check.h"
#include "radio_airtime.h"
#include "suites.h"

static uint32_t legacy_us(uint8_t phy, uint16_t rate, uint16_t flags, uint32_t length, int is_2g)
{
    struct radio_frame_info info = {.phy = phy, .rate_100kbps = rate, .flags = flags};
    return radio_airtime_us(&info, length, is_2g);
}

static uint32_t ht_us(uint8_t mcs, uint8_t bandwidth, uint16_t flags, uint32_t length, int is_2g)
{
    struct radio_frame_info info = {.phy = RADIO_PHY_HT, .mcs = mcs, .bandwidth_mhz = bandwidth, .flags = flags};
    return radio_airtime_us(&info, length, is_2g);
}

static void dsss(void)
{
    CHECK_EQUAL(192 + 2280, legacy_us(RADIO_PHY_DSSS, 10, 0, 285, 1));
    CHECK_EQUAL(192 + 1140, legacy_us(RADIO_PHY_DSSS, 20, 0, 285, 1));
    CHECK_EQUAL(96 + 1140, legacy_us(RADIO_PHY_DSSS, 20, RADIO_FRAME_SHORT_PREAMBLE, 285, 1));
    CHECK_EQUAL(192 + 21, legacy_us(RADIO_PHY_DSSS, 55, 0, 14, 1));
    CHECK_EQUAL(192 + 11, legacy_us(RADIO_PHY_DSSS, 110, 0, 14, 1));
}

static void dsss_1_has_long_preamble(void)
{
    CHECK_EQUAL(192 + 112, legacy_us(RADIO_PHY_DSSS, 10, RADIO_FRAME_SHORT_PREAMBLE, 14, 1));
}

static void ofdm(void)
{
    static const struct {
        uint16_t rate;
        uint32_t us;
    } of_1536_bytes[] = {{60, 2072}, {90, 1388}, {120, 1048}, {180, 704}, {240, 536}, {360, 364}, {480, 280}, {540, 248}};
    for (unsigned i = 0; i < sizeof of_1536_bytes / sizeof of_1536_bytes[0]; i++) {
        CHECK_EQUAL(of_1536_bytes[i].us, legacy_us(RADIO_PHY_OFDM, of_1536_bytes[i].rate, 0, 1536, 0));
        CHECK_EQUAL(of_1536_bytes[i].us + 6, legacy_us(RADIO_PHY_OFDM, of_1536_bytes[i].rate, 0, 1536, 1));
    }
    CHECK_EQUAL(44, legacy_us(RADIO_PHY_OFDM, 60, 0, 14, 0));
}

// 20 MHz as Wireshark 4.0 computes it (wlan_radio.duration, which leaves out the signal extension).
static void ht_20_mhz(void)
{
    CHECK_EQUAL(168, ht_us(0, 20, 0, 102, 0));
    CHECK_EQUAL(174, ht_us(0, 20, 0, 102, 1));
    CHECK_EQUAL(155, ht_us(0, 20, RADIO_FRAME_SHORT_GI, 102, 0));
    CHECK_EQUAL(52, ht_us(7, 20, 0, 102, 0));
    CHECK_EQUAL(50, ht_us(7, 20, RADIO_FRAME_SHORT_GI, 102, 0));
    CHECK_EQUAL(108, ht_us(8, 20, 0, 102, 0));
    CHECK_EQUAL(101, ht_us(8, 20, RADIO_FRAME_SHORT_GI, 102, 0));
    CHECK_EQUAL(48, ht_us(15, 20, 0, 102, 0));
    CHECK_EQUAL(92, ht_us(16, 20, 0, 102, 0));
    CHECK_EQUAL(56, ht_us(23, 20, 0, 102, 0));
    CHECK_EQUAL(52, ht_us(31, 20, RADIO_FRAME_SHORT_GI, 102, 0));
}

// 108 data subcarriers, more than twice the 52 of 20 MHz: 54 bits a symbol at MCS 0.
static void ht_40_mhz(void)
{
    CHECK_EQUAL(36 + 16 * 4, ht_us(0, 40, 0, 102, 0));
    CHECK_EQUAL(36 + 58, ht_us(0, 40, RADIO_FRAME_SHORT_GI, 102, 0));
    CHECK_EQUAL(36 + 23 * 4, ht_us(7, 40, 0, 1536, 0));
    CHECK_EQUAL(40 + 43, ht_us(15, 40, RADIO_FRAME_SHORT_GI, 1536, 0));
    CHECK_EQUAL(48 + 4, ht_us(23, 40, 0, 102, 0));
}

// 8·267 + 16 + 6 bits fit into one symbol of 2160, but not with the 6 tail bits of a second encoder.
static void ht_second_encoder(void)
{
    CHECK_EQUAL(48 + 8, ht_us(31, 40, 0, 267, 0));
    CHECK_EQUAL(48 + 4, ht_us(31, 40, 0, 266, 0));
}

static void later_in_ampdu(void)
{
    CHECK_EQUAL(126, ht_us(0, 20, RADIO_FRAME_AMPDU_LATER, 102, 1));
    CHECK_EQUAL(6, ht_us(15, 40, RADIO_FRAME_AMPDU_LATER | RADIO_FRAME_SHORT_GI, 200, 1));
}

static void unknown_modulation(void)
{
    CHECK_EQUAL(0, legacy_us(RADIO_PHY_UNKNOWN, 10, 0, 100, 1));
    CHECK_EQUAL(0, legacy_us(4, 10, 0, 100, 1));
    CHECK_EQUAL(0, legacy_us(RADIO_PHY_DSSS, 0, 0, 100, 1));
    CHECK_EQUAL(0, legacy_us(RADIO_PHY_DSSS, 60, 0, 100, 1));
    CHECK_EQUAL(0, legacy_us(RADIO_PHY_OFDM, 110, 0, 100, 1));
    CHECK_EQUAL(0, ht_us(32, 20, 0, 100, 1));
    CHECK_EQUAL(0, ht_us(0, 80, 0, 100, 1));
}

static void longest_frame_fits(void)
{
    CHECK_EQUAL(192 + 91632, legacy_us(RADIO_PHY_DSSS, 10, 0, RADIO_FRAME_MAX, 1));
    CHECK_EQUAL(20 + 4 * 3819 + 6, legacy_us(RADIO_PHY_OFDM, 60, 0, RADIO_FRAME_MAX, 1));
}

void airtime_tests(void)
{
    check_run("DSSS airtime is preamble and bits over rate", dsss);
    check_run("1 Mb/s has the long preamble even when the short one is flagged", dsss_1_has_long_preamble);
    check_run("OFDM airtime is whole symbols, 6 us more on 2.4 GHz", ofdm);
    check_run("HT airtime at 20 MHz, one to four streams, is an independent decoder's", ht_20_mhz);
    check_run("HT airtime at 40 MHz follows its own number of subcarriers", ht_40_mhz);
    check_run("HT above 300 Mb/s has the tail bits of a second encoder", ht_second_encoder);
    check_run("a later frame of an A-MPDU has no preamble", later_in_ampdu);
    check_run("an unknown modulation has no airtime", unknown_modulation);
    check_run("the longest frame's airtime is exact", longest_frame_fits);
}
