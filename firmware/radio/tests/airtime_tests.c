// Airtime of known PPDUs. The figures were computed apart from the core, in exact fractions, by the formula above each table;
// those marked with a source are published elsewhere.
#include "check.h"
#include "radio_airtime.h"
#include "suites.h"

static uint32_t us(const struct radio_frame_info *info, uint32_t psdu_bytes, int is_2g)
{
    struct radio_modulation how;
    return radio_modulation_of(&how, info, is_2g) ? radio_airtime_us(&how, psdu_bytes) : RADIO_AIRTIME_UNKNOWN;
}

static uint32_t legacy_us(uint8_t phy, uint16_t rate, uint16_t flags, uint32_t length, int is_2g)
{
    const struct radio_frame_info info = {.phy = phy, .rate_100kbps = rate, .flags = flags};
    return us(&info, length, is_2g);
}

static struct radio_frame_info ht(uint8_t mcs, uint8_t bandwidth, uint16_t flags, uint8_t stbc)
{
    const struct radio_frame_info info = {
        .phy = RADIO_PHY_HT, .mcs = mcs, .bandwidth_mhz = bandwidth, .flags = flags, .stbc = stbc};
    return info;
}

static uint32_t ht_us(uint8_t mcs, uint8_t bandwidth, uint16_t flags, uint32_t length, int is_2g)
{
    const struct radio_frame_info info = ht(mcs, bandwidth, flags, 0);
    return us(&info, length, is_2g);
}

// Which PPDUs there are, and what all of them take together: a formula that is wrong anywhere shows here.
struct sum {
    uint32_t count, us;
};

static const uint32_t lengths[] = {14, 100, 285, 1536, 11454};
enum { LENGTHS = sizeof lengths / sizeof lengths[0] };

static void add(struct sum *sum, const struct radio_frame_info *info, uint32_t delimiter)
{
    for (unsigned i = 0; i < LENGTHS; i++) {
        uint32_t airtime = us(info, lengths[i] + delimiter, 0);
        sum->count += airtime != RADIO_AIRTIME_UNKNOWN;
        sum->us += airtime != RADIO_AIRTIME_UNKNOWN ? airtime : 0;
    }
}

// 192 or, short, 96 + ⌈8 L / R⌉. The Ack of 304 µs at 1 Mb/s stands in every textbook.
static void dsss(void)
{
    static const struct {
        uint16_t rate, flags, length;
        uint32_t us;
    } known[] = {
        {10, 0, 14, 304},   {10, 0, 285, 192 + 2280},  {20, 0, 285, 1332}, {20, RADIO_FRAME_SHORT_PREAMBLE, 285, 1236},
        {55, 0, 14, 213},   {110, 0, 14, 203},         {110, 0, 76, 248},  {110, RADIO_FRAME_SHORT_PREAMBLE, 14, 107},
        {110, 0, 1536, 1310}, {10, 0, 1025, 8200 + 192}, {110, RADIO_FRAME_SHORT_PREAMBLE, 1536, 1214},
    };
    for (unsigned i = 0; i < sizeof known / sizeof known[0]; i++) {
        CHECK_EQUAL(known[i].us, legacy_us(RADIO_PHY_DSSS, known[i].rate, known[i].flags, known[i].length, 1));
    }
}

static void dsss_1_has_long_preamble(void)
{
    CHECK_EQUAL(192 + 112, legacy_us(RADIO_PHY_DSSS, 10, RADIO_FRAME_SHORT_PREAMBLE, 14, 1));
}

// 20 + 4 ⌈(22 + 8 L) / 4 R⌉, on 2.4 GHz 6 more. 248 µs: 1500 bytes of payload at 54 Mb/s; 5484 µs: the longest PPDU, which
// the standard calls aPPDUMaxTime; 44, 32, 28 and 24 µs: Ack at 6 Mb/s, BlockAck at 24, Ack at 24 and 54.
static void ofdm(void)
{
    static const struct {
        uint16_t rate;
        uint32_t us;
    } of_1536_bytes[] = {{60, 2072}, {90, 1388}, {120, 1048}, {180, 704},
                         {240, 536}, {360, 364}, {480, 280},  {540, 248}};
    for (unsigned i = 0; i < sizeof of_1536_bytes / sizeof of_1536_bytes[0]; i++) {
        CHECK_EQUAL(of_1536_bytes[i].us, legacy_us(RADIO_PHY_OFDM, of_1536_bytes[i].rate, 0, 1536, 0));
        CHECK_EQUAL(of_1536_bytes[i].us + 6, legacy_us(RADIO_PHY_OFDM, of_1536_bytes[i].rate, 0, 1536, 1));
    }
    CHECK_EQUAL(5484, legacy_us(RADIO_PHY_OFDM, 60, 0, 4095, 0));
    CHECK_EQUAL(44, legacy_us(RADIO_PHY_OFDM, 60, 0, 14, 0));
    CHECK_EQUAL(32, legacy_us(RADIO_PHY_OFDM, 240, 0, 32, 0));
    CHECK_EQUAL(28, legacy_us(RADIO_PHY_OFDM, 240, 0, 14, 0));
    CHECK_EQUAL(24, legacy_us(RADIO_PHY_OFDM, 540, 0, 14, 0));
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

// As the tests of the ns-3 network simulator have them (wifi-tx-duration), rounded.
static void ht_published(void)
{
    CHECK_EQUAL(228, ht_us(7, 20, 0, 1536, 0));
    CHECK_EQUAL(48, ht_us(7, 20, 0, 76, 0));
    CHECK_EQUAL(1742, ht_us(0, 20, RADIO_FRAME_SHORT_GI, 1536, 0));
    CHECK_EQUAL(126, ht_us(0, 20, RADIO_FRAME_SHORT_GI, 76, 0));
    CHECK_EQUAL(227, ht_us(6, 20, RADIO_FRAME_SHORT_GI, 1536, 0));
    CHECK_EQUAL(128, ht_us(7, 40, 0, 1536, 0));
    CHECK_EQUAL(119, ht_us(7, 40, RADIO_FRAME_SHORT_GI, 1536, 0));
    CHECK_EQUAL(43, ht_us(7, 40, RADIO_FRAME_SHORT_GI, 76, 0));
}

// P + T ⌈(8 L + 16 + 6 NES) / NDBPS⌉: P = 32 + 4 NLTF mixed, 20 + 4 NLTF greenfield; T = 4 or 3.6.
static void ht_formats(void)
{
    enum { GF = RADIO_FRAME_GREENFIELD, SGI = RADIO_FRAME_SHORT_GI, LDPC = RADIO_FRAME_LDPC };
    static const struct {
        uint8_t mcs, bandwidth, stbc;
        uint16_t flags, length;
        uint32_t us;
    } known[] = {
        {0, 20, 0, 0, 1536, 1932},   {20, 40, 0, 0, 1536, 100},       {21, 40, 0, 0, 1536, 88},
        {23, 20, 0, SGI, 1536, 106}, {31, 40, 0, SGI, 1536, 70},      {7, 20, 0, GF, 1536, 216},
        {15, 40, 0, GF | SGI, 1536, 71}, {31, 40, 0, GF, 1536, 60},   {0, 20, 1, 0, 1536, 1936},
        {8, 20, 2, 0, 1536, 1000},   {31, 40, 0, 0, 267, 56},         {31, 40, 0, LDPC, 267, 52},
        {7, 40, 0, LDPC, 1536, 128},
    };
    for (unsigned i = 0; i < sizeof known / sizeof known[0]; i++) {
        const struct radio_frame_info info = ht(known[i].mcs, known[i].bandwidth, known[i].flags, known[i].stbc);
        CHECK_EQUAL(known[i].us, us(&info, known[i].length, 0));
    }
    CHECK_EQUAL(102, ht_us(31, 20, 0, 1536, 1));
}

static void ht_all(void)
{
    static const uint16_t flags[] = {0, RADIO_FRAME_SHORT_GI, RADIO_FRAME_GREENFIELD,
                                     RADIO_FRAME_GREENFIELD | RADIO_FRAME_SHORT_GI};
    struct sum sum = {0, 0};
    for (int i = 0; i < 256 * 2 * 4 * 2; i++) {
        const struct radio_frame_info info =
            ht((uint8_t)i, i >> 8 & 1 ? 40 : 20, flags[i >> 9 & 3], (uint8_t)(i >> 11 & 1));
        add(&sum, &info, 0);
    }
    CHECK_EQUAL(2240, sum.count); // 32 MCS, and 24 with a space-time stream more
    CHECK_EQUAL(1031804, sum.us);
}

// 8·267 + 16 + 6 bits fit into one symbol of 2160, but not with the 6 tail bits of a second encoder.
static void ht_second_encoder(void)
{
    CHECK_EQUAL(48 + 8, ht_us(31, 40, 0, 267, 0));
    CHECK_EQUAL(48 + 4, ht_us(31, 40, 0, 266, 0));
}

static struct radio_frame_info vht(uint8_t mcs, uint8_t streams, uint8_t bandwidth, uint16_t flags, uint8_t stbc)
{
    const struct radio_frame_info info = {.phy = RADIO_PHY_VHT,
                                          .mcs = mcs,
                                          .streams = streams,
                                          .bandwidth_mhz = bandwidth,
                                          .flags = flags,
                                          .stbc = stbc};
    return info;
}

static uint32_t vht_us(uint8_t mcs, uint8_t streams, uint8_t bandwidth, uint16_t flags, uint32_t psdu_bytes)
{
    const struct radio_frame_info info = vht(mcs, streams, bandwidth, flags, 0);
    return us(&info, psdu_bytes, 0);
}

// ns-3, as above; the bytes are those of the PSDU. It leaves VHT-SIG-B out of a single user's PPDU, which 21.3.4 has in each.
static void vht_published(void)
{
    enum { SGI = RADIO_FRAME_SHORT_GI, SIG_B = 4 };
    CHECK_EQUAL(196 + SIG_B, vht_us(8, 1, 20, 0, 1536));
    CHECK_EQUAL(180 + SIG_B, vht_us(8, 1, 20, SGI, 1536));
    CHECK_EQUAL(108 + SIG_B, vht_us(9, 1, 40, 0, 1536));
    CHECK_EQUAL(101 + SIG_B, vht_us(9, 1, 40, SGI, 1536));
    CHECK_EQUAL(460 + SIG_B, vht_us(0, 1, 80, 0, 1536));
    CHECK_EQUAL(418 + SIG_B, vht_us(0, 1, 80, SGI, 1536));
    CHECK_EQUAL(60 + SIG_B, vht_us(0, 1, 80, 0, 76));
    CHECK_EQUAL(68 + SIG_B, vht_us(9, 1, 80, 0, 1536));
    CHECK_EQUAL(65 + SIG_B, vht_us(9, 1, 80, SGI, 1536));
    CHECK_EQUAL(56 + SIG_B, vht_us(8, 1, 160, 0, 1536));
    CHECK_EQUAL(40 + SIG_B, vht_us(8, 1, 160, 0, 14));
    CHECK_EQUAL(54 + SIG_B, vht_us(8, 1, 160, SGI, 1536));
}

// 36 + 4 NLTF + T m ⌈(8 (L + 4) + 16 + 6 NES) / m NDBPS⌉ for a frame of L bytes behind its delimiter; m = 2 with STBC.
static void vht_formats(void)
{
    enum { SGI = RADIO_FRAME_SHORT_GI, LDPC = RADIO_FRAME_LDPC, EXTRA = RADIO_FRAME_EXTRA_SYMBOL };
    static const struct {
        uint8_t mcs, streams, bandwidth, stbc;
        uint16_t flags, length;
        uint32_t us;
    } known[] = {
        {0, 1, 20, 0, 0, 1536, 1940},     {9, 3, 20, 0, SGI, 1536, 95},    {9, 2, 40, 0, 0, 1536, 80},
        {9, 2, 80, 0, SGI, 1536, 58},     {9, 4, 80, 0, SGI, 11454, 106},  {8, 7, 80, 0, 0, 11454, 108},
        {9, 8, 160, 0, SGI, 11454, 82},   {8, 7, 160, 0, 0, 11454, 88},    {9, 8, 160, 0, LDPC, 11454, 84},
        {0, 1, 80, 1, 0, 1536, 468},      {3, 4, 160, 4, SGI, 1536, 82},   {4, 1, 80, 0, SGI | LDPC | EXTRA, 1536, 108},
        {4, 1, 80, 1, SGI | LDPC | EXTRA, 1536, 116},
    };
    for (unsigned i = 0; i < sizeof known / sizeof known[0]; i++) {
        const struct radio_frame_info info =
            vht(known[i].mcs, known[i].streams, known[i].bandwidth, known[i].flags, known[i].stbc);
        CHECK_EQUAL(known[i].us, us(&info, known[i].length + 4u, 0));
    }
    const struct radio_frame_info on_2g = vht(8, 1, 20, 0, 0);
    CHECK_EQUAL(206, us(&on_2g, 1540, 1));
}

static void vht_all(void)
{
    static const uint8_t bandwidths[] = {20, 40, 80, 160};
    struct sum sum = {0, 0};
    for (int i = 0; i < 16 * 16 * 4 * 2 * 2; i++) {
        uint8_t streams = i >> 4 & 15;
        const struct radio_frame_info info = vht(i & 15, streams, bandwidths[i >> 8 & 3],
                                                 i >> 10 & 1 ? RADIO_FRAME_SHORT_GI : 0, i >> 11 & 1 ? streams : 0);
        add(&sum, &info, 4);
    }
    CHECK_EQUAL(4650, sum.count); // (310 cells of the tables, and 155 of up to four streams with STBC) · 2 GI · 5 lengths
    CHECK_EQUAL(1012568, sum.us);
}

// IEEE 802.11-2020, 21.5: what the tables leave out.
static void vht_invalid(void)
{
    static const uint8_t invalid[][3] = {{20, 1, 9}, {20, 2, 9}, {20, 4, 9}, {20, 5, 9}, {20, 7, 9},
                                         {20, 8, 9}, {80, 3, 6}, {80, 7, 6}, {80, 6, 9}, {160, 3, 9}};
    for (unsigned i = 0; i < sizeof invalid / sizeof invalid[0]; i++) {
        CHECK_EQUAL(RADIO_AIRTIME_UNKNOWN, vht_us(invalid[i][2], invalid[i][1], invalid[i][0], 0, 100));
    }
    CHECK(vht_us(9, 3, 20, 0, 100) != RADIO_AIRTIME_UNKNOWN);
    CHECK(vht_us(9, 6, 20, 0, 100) != RADIO_AIRTIME_UNKNOWN);
}

enum { SU = RADIO_PHY_HE_SU, ER = RADIO_PHY_HE_ER, MU = RADIO_PHY_HE_MU, TB = RADIO_PHY_HE_TB };

// `width`: a resource unit of fewer than 242 tones has no bandwidth of its own.
static struct radio_frame_info he(uint8_t phy, uint8_t mcs, uint8_t streams, uint8_t width, uint8_t guard_interval,
                                  uint8_t ltf)
{
    int is_unit = width == 26 || width == 52 || width == 106;
    const struct radio_frame_info info = {.phy = phy,
                                          .mcs = mcs,
                                          .streams = streams,
                                          .bandwidth_mhz = is_unit ? 0 : width,
                                          .resource_unit = is_unit ? width : 0,
                                          .he_guard_interval = guard_interval,
                                          .he_ltf = ltf,
                                          .flags = RADIO_FRAME_LDPC};
    return info;
}

static uint32_t he_us(uint8_t phy, uint8_t mcs, uint8_t streams, uint8_t width, uint8_t guard_interval, uint8_t ltf,
                      uint32_t psdu_bytes)
{
    const struct radio_frame_info info = he(phy, mcs, streams, width, guard_interval, ltf);
    return us(&info, psdu_bytes, 0);
}

// ns-3, as above: guard interval 1.6 µs, one training field of 8 µs, no packet extension.
static void he_published(void)
{
    CHECK_EQUAL(1570, he_us(SU, 0, 1, 20, 16, 2, 1536));
    CHECK_EQUAL(130, he_us(SU, 0, 1, 20, 16, 2, 76));
    CHECK_EQUAL(807, he_us(SU, 0, 1, 40, 16, 2, 1536));
    CHECK_EQUAL(418, he_us(SU, 0, 1, 80, 16, 2, 1536));
    CHECK_EQUAL(231, he_us(SU, 0, 1, 160, 16, 2, 1536));
    CHECK_EQUAL(145, he_us(SU, 11, 1, 20, 16, 2, 1536));
    CHECK_EQUAL(102, he_us(SU, 11, 1, 40, 16, 2, 1536));
    CHECK_EQUAL(73, he_us(SU, 11, 1, 80, 16, 2, 1536));
    CHECK_EQUAL(58, he_us(SU, 11, 1, 160, 16, 2, 14));
}

// P + NLTF (3.2 S + GI) + (12.8 + GI) m ⌈(8 (L + 4) + 16 [+ 6]) / m NDBPS⌉ for a frame of L bytes behind its delimiter;
// P = 36 SU, 44 ER, 40 MU and TB; S = 1, 2, 4; NDBPS = ⌊NSD NBPSCS R NSS⌋ with half the NSD under DCM.
static void he_formats(void)
{
    static const struct {
        uint8_t phy, mcs, streams, width, guard_interval, ltf;
        uint16_t length;
        uint32_t us;
    } known[] = {
        {SU, 0, 1, 20, 8, 1, 1536, 1482},  {SU, 0, 1, 20, 8, 2, 1536, 1485},   {SU, 7, 1, 20, 16, 2, 1536, 202},
        {SU, 11, 1, 20, 32, 4, 1536, 164}, {SU, 11, 1, 20, 8, 4, 1536, 145},   {SU, 11, 2, 40, 8, 2, 1536, 78},
        {SU, 11, 2, 80, 8, 2, 1536, 64},   {SU, 11, 4, 80, 16, 2, 11454, 111}, {SU, 11, 8, 160, 8, 2, 11454, 107},
        {SU, 5, 3, 160, 32, 4, 1536, 116}, {ER, 0, 1, 20, 8, 2, 285, 323},     {ER, 2, 1, 20, 16, 2, 285, 153},
        {ER, 0, 1, 106, 8, 2, 285, 677},   {MU, 7, 1, 106, 16, 2, 300, 120},   {MU, 9, 2, 52, 8, 2, 300, 109},
        {MU, 0, 1, 26, 32, 4, 100, 1192},  {MU, 11, 2, 80, 8, 4, 1536, 81},    {TB, 4, 1, 26, 16, 1, 100, 218},
        {TB, 7, 1, 106, 16, 2, 300, 120},  {TB, 9, 2, 20, 32, 4, 1536, 136},
    };
    for (unsigned i = 0; i < sizeof known / sizeof known[0]; i++) {
        CHECK_EQUAL(known[i].us, he_us(known[i].phy, known[i].mcs, known[i].streams, known[i].width,
                                       known[i].guard_interval, known[i].ltf, known[i].length + 4u));
    }
}

static void he_variants(void)
{
    struct radio_frame_info info = he(SU, 0, 1, 20, 8, 2);
    CHECK_EQUAL(1491, us(&info, 1540, 1));
    info.flags = RADIO_FRAME_DCM | RADIO_FRAME_LDPC;
    CHECK_EQUAL(2940, us(&info, 1540, 0));
    info = he(SU, 4, 2, 80, 16, 2);
    info.flags |= RADIO_FRAME_DCM;
    CHECK_EQUAL(124, us(&info, 1540, 0));
    info = he(ER, 0, 1, 106, 32, 4);
    info.flags |= RADIO_FRAME_DCM;
    CHECK_EQUAL(1564, us(&info, 289, 0));
    info = he(SU, 1, 1, 20, 16, 2);
    info.stbc = 1;
    CHECK_EQUAL(830, us(&info, 1540, 0));
}

static void he_all(void)
{
    static const uint8_t widths[] = {26, 52, 106, 20, 40, 80, 160};
    static const uint8_t timings[] = {8, 16, 32}, ltfs[] = {1, 2, 4};
    struct sum sum = {0, 0}, with_dcm = {0, 0};
    for (int i = 0; i < 4 * 16 * 16 * 7 * 9; i++) {
        struct radio_frame_info info = he((uint8_t)(SU + (i & 3)), i >> 2 & 15, i >> 6 & 15, widths[(i >> 10) % 7],
                                          timings[(i >> 10) / 7 % 3], ltfs[(i >> 10) / 21]);
        add(&sum, &info, 4);
        info.flags = 0;
        add(&sum, &info, 4);
        info.flags = RADIO_FRAME_DCM | RADIO_FRAME_LDPC;
        add(&with_dcm, &info, 4);
    }
    CHECK_EQUAL(66440, sum.count); // 1024-QAM below 242 tones among them, for stations that announce it
    CHECK_EQUAL(36493419, sum.us);
    CHECK_EQUAL(2835, with_dcm.count);
    CHECK_EQUAL(11529570, with_dcm.us);
}

// What is not stated is the shortest that the format has.
static void he_unstated(void)
{
    CHECK_EQUAL(he_us(SU, 0, 1, 20, 8, 1, 100), he_us(SU, 0, 1, 20, 0, 0, 100));
    CHECK_EQUAL(he_us(SU, 0, 1, 20, 16, 2, 100), he_us(SU, 0, 1, 20, 16, 0, 100));
    CHECK_EQUAL(he_us(ER, 0, 1, 20, 8, 4, 100), he_us(ER, 0, 1, 20, 0, 4, 100));
    CHECK_EQUAL(he_us(MU, 0, 1, 20, 8, 2, 100), he_us(MU, 0, 1, 20, 0, 0, 100));
    CHECK_EQUAL(he_us(TB, 0, 1, 20, 16, 1, 100), he_us(TB, 0, 1, 20, 0, 0, 100));
    CHECK_EQUAL(he_us(TB, 0, 1, 20, 32, 4, 100), he_us(TB, 0, 1, 20, 32, 0, 100));
}

static void he_invalid(void)
{
    struct radio_frame_info info = he(SU, 0, 8, 80, 8, 2);
    info.stbc = 1;
    CHECK_EQUAL(RADIO_AIRTIME_UNKNOWN, us(&info, 100, 0));
    info = he(SU, 0, 1, 20, 8, 2);
    info.stbc = 1;
    info.flags |= RADIO_FRAME_DCM;
    CHECK_EQUAL(RADIO_AIRTIME_UNKNOWN, us(&info, 100, 0));
    CHECK_EQUAL(RADIO_AIRTIME_UNKNOWN, he_us(SU, 0, 1, 20, 32, 1, 100));
    CHECK_EQUAL(RADIO_AIRTIME_UNKNOWN, he_us(SU, 0, 1, 20, 9, 2, 100));
    CHECK_EQUAL(RADIO_AIRTIME_UNKNOWN, he_us(TB, 0, 1, 20, 8, 2, 100));
    CHECK_EQUAL(RADIO_AIRTIME_UNKNOWN, he_us(SU, 0, 1, 0, 8, 2, 100));
    CHECK_EQUAL(RADIO_AIRTIME_UNKNOWN, he_us(ER, 0, 1, 40, 8, 2, 100));
}

static void unknown_modulation(void)
{
    const struct radio_frame_info stbc = ht(31, 20, 0, 1);
    CHECK_EQUAL(RADIO_AIRTIME_UNKNOWN, legacy_us(RADIO_PHY_UNKNOWN, 10, 0, 100, 1));
    CHECK_EQUAL(RADIO_AIRTIME_UNKNOWN, legacy_us(RADIO_PHY_HE_TB + 1, 10, 0, 100, 1));
    CHECK_EQUAL(RADIO_AIRTIME_UNKNOWN, legacy_us(RADIO_PHY_DSSS, 0, 0, 100, 1));
    CHECK_EQUAL(RADIO_AIRTIME_UNKNOWN, legacy_us(RADIO_PHY_DSSS, 60, 0, 100, 1));
    CHECK_EQUAL(RADIO_AIRTIME_UNKNOWN, legacy_us(RADIO_PHY_OFDM, 110, 0, 100, 1));
    CHECK_EQUAL(RADIO_AIRTIME_UNKNOWN, ht_us(32, 20, 0, 100, 1));
    CHECK_EQUAL(RADIO_AIRTIME_UNKNOWN, ht_us(0, 80, 0, 100, 1));
    CHECK_EQUAL(RADIO_AIRTIME_UNKNOWN, us(&stbc, 100, 1));
    CHECK_EQUAL(RADIO_AIRTIME_UNKNOWN, vht_us(0, 0, 20, 0, 100));
    CHECK_EQUAL(RADIO_AIRTIME_UNKNOWN, vht_us(0, 1, 0, 0, 100));
}

static void longest_psdu_fits(void)
{
    struct radio_frame_info info = he(MU, 0, 1, 26, 32, 4);
    info.flags |= RADIO_FRAME_DCM;
    CHECK_EQUAL(192 + 91632, legacy_us(RADIO_PHY_DSSS, 10, 0, RADIO_FRAME_MAX, 1));
    CHECK_EQUAL(20 + 4 * 3819 + 6, legacy_us(RADIO_PHY_OFDM, 60, 0, RADIO_FRAME_MAX, 1));
    CHECK_EQUAL(56 + 16 * 8667511ll, us(&info, RADIO_AMPDU_MAX, 0)); // ⌈(8 · 6500631 + 16) / 6⌉ symbols
    CHECK_EQUAL(RADIO_AIRTIME_UNKNOWN, us(&info, RADIO_AMPDU_MAX + 1, 0));
    CHECK_EQUAL(RADIO_AIRTIME_UNKNOWN, us(&info, UINT32_MAX, 0));
}

// SIFS 16 µs (2.4 GHz: 10) and the response in the PHY that it is sent in.
static void responses(void)
{
    static const struct {
        uint8_t phy, mcs;
        uint16_t rate, flags;
        int is_2g;
        uint32_t us_of_ack;
    } known[] = {
        {RADIO_PHY_DSSS, 0, 10, 0, 1, 10 + 304},
        {RADIO_PHY_DSSS, 0, 110, RADIO_FRAME_SHORT_PREAMBLE, 1, 10 + 107},
        {RADIO_PHY_OFDM, 0, 60, 0, 0, 16 + 44},
        {RADIO_PHY_OFDM, 0, 90, 0, 0, 16 + 44},
        {RADIO_PHY_OFDM, 0, 180, 0, 0, 16 + 32},
        {RADIO_PHY_OFDM, 0, 540, 0, 0, 16 + 28},
        {RADIO_PHY_OFDM, 0, 540, 0, 1, 10 + 34},
        {RADIO_PHY_HT, 0, 0, 0, 0, 16 + 44},
        {RADIO_PHY_HT, 9, 0, 0, 0, 16 + 32},
        {RADIO_PHY_HT, 23, 0, 0, 0, 16 + 28},
    };
    struct radio_modulation how;
    for (unsigned i = 0; i < sizeof known / sizeof known[0]; i++) {
        const struct radio_frame_info info = {.phy = known[i].phy,
                                              .mcs = known[i].mcs,
                                              .rate_100kbps = known[i].rate,
                                              .flags = known[i].flags,
                                              .bandwidth_mhz = 20};
        CHECK(radio_modulation_of(&how, &info, known[i].is_2g));
        CHECK_EQUAL(known[i].us_of_ack, radio_airtime_response_us(&how, 14));
    }
    const struct radio_frame_info fast = vht(9, 2, 80, RADIO_FRAME_SHORT_GI, 0);
    CHECK(radio_modulation_of(&how, &fast, 0));
    CHECK_EQUAL(16 + 32, radio_airtime_response_us(&how, 32));
}

void airtime_tests(void)
{
    check_run("DSSS airtime is preamble and bits over rate", dsss);
    check_run("1 Mb/s has the long preamble even when the short one is flagged", dsss_1_has_long_preamble);
    check_run("OFDM airtime is whole symbols, 6 us more on 2.4 GHz", ofdm);
    check_run("HT airtime at 20 MHz, one to four streams, is an independent decoder's", ht_20_mhz);
    check_run("HT airtime at 40 MHz follows its own number of subcarriers", ht_40_mhz);
    check_run("HT airtime is the published one", ht_published);
    check_run("HT airtime follows format, guard interval, STBC and coding", ht_formats);
    check_run("all HT modulations together take what the formula says", ht_all);
    check_run("HT above 300 Mb/s has the tail bits of a second encoder", ht_second_encoder);
    check_run("VHT airtime is the published one", vht_published);
    check_run("VHT airtime follows width, streams, guard interval, STBC and coding", vht_formats);
    check_run("all VHT modulations together take what the formula says", vht_all);
    check_run("the ten VHT combinations that the standard leaves out are unknown", vht_invalid);
    check_run("HE airtime is the published one", he_published);
    check_run("HE airtime follows format, width, streams, guard interval and training fields", he_formats);
    check_run("HE airtime follows band, DCM and STBC", he_variants);
    check_run("all HE modulations together take what the formula says", he_all);
    check_run("HE guard interval and training fields that are not stated count as the shortest", he_unstated);
    check_run("impossible HE combinations are unknown", he_invalid);
    check_run("an unknown modulation has an unknown airtime, not 0", unknown_modulation);
    check_run("the longest PSDU at the slowest rate is exact, a longer one unknown", longest_psdu_fits);
    check_run("a response takes SIFS and its time at the mandatory rate below", responses);
}
