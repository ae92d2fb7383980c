// IEEE 802.11 TXTIME: DSSS (clause 16), OFDM and ERP-OFDM (17, 18), HT mixed format (19).
#include "radio_airtime.h"

enum {
    DSSS_LONG_PREAMBLE_US = 192,
    DSSS_SHORT_PREAMBLE_US = 96,
    OFDM_PREAMBLE_US = 20,
    HT_PREAMBLE_US = 32, // without the HT-LTFs
    HT_LTF_US = 4,
    SIGNAL_EXTENSION_US = 6,
    SERVICE_BITS = 16,
    TAIL_BITS = 6,
    SYMBOL_TENTHS = 40, // of a µs
    SYMBOL_SHORT_GI_TENTHS = 36,
};

static uint32_t divide_up(uint32_t dividend, uint32_t divisor)
{
    return (dividend + divisor - 1) / divisor;
}

static uint32_t dsss_us(const struct radio_frame_info *info, uint32_t length)
{
    uint32_t rate = info->rate_100kbps;
    if (rate != 10 && rate != 20 && rate != 55 && rate != 110) {
        return 0;
    }
    // 1 Mb/s exists with the long preamble only, whatever a driver's flag says.
    int is_short = (info->flags & RADIO_FRAME_SHORT_PREAMBLE) && rate != 10;
    return (is_short ? DSSS_SHORT_PREAMBLE_US : DSSS_LONG_PREAMBLE_US) + divide_up(length * 8 * 10, rate);
}

static int is_ofdm_rate(uint32_t rate)
{
    static const uint16_t rates[] = {60, 90, 120, 180, 240, 360, 480, 540};
    for (unsigned i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        if (rates[i] == rate) {
            return 1;
        }
    }
    return 0;
}

static uint32_t ofdm_us(const struct radio_frame_info *info, uint32_t length, int is_2g)
{
    if (!is_ofdm_rate(info->rate_100kbps)) {
        return 0;
    }
    uint32_t bits_per_symbol = info->rate_100kbps * 4u / 10;
    uint32_t symbols = divide_up(SERVICE_BITS + TAIL_BITS + 8 * length, bits_per_symbol);
    return OFDM_PREAMBLE_US + symbols * 4 + (is_2g ? SIGNAL_EXTENSION_US : 0);
}

// Data bits of one symbol; 0 = not an MCS of equal modulation.
static uint32_t ht_bits_per_symbol(const struct radio_frame_info *info)
{
    static const uint16_t mhz20[8] = {26, 52, 78, 104, 156, 208, 234, 260};
    static const uint16_t mhz40[8] = {54, 108, 162, 216, 324, 432, 486, 540};
    if (info->mcs > 31 || (info->bandwidth_mhz != 20 && info->bandwidth_mhz != 40)) {
        return 0;
    }
    uint32_t streams = info->mcs / 8 + 1u;
    return streams * (info->bandwidth_mhz == 40 ? mhz40 : mhz20)[info->mcs % 8];
}

static uint32_t ht_us(const struct radio_frame_info *info, uint32_t length, int is_2g)
{
    static const uint32_t training_fields[4] = {1, 2, 4, 4};
    uint32_t bits_per_symbol = ht_bits_per_symbol(info);
    if (bits_per_symbol == 0) {
        return 0;
    }
    uint32_t tenths = info->flags & RADIO_FRAME_SHORT_GI ? SYMBOL_SHORT_GI_TENTHS : SYMBOL_TENTHS;
    if (info->flags & RADIO_FRAME_AMPDU_LATER) {
        return divide_up(8 * length * tenths, bits_per_symbol * 10);
    }
    uint32_t encoders = bits_per_symbol > 1200 ? 2 : 1; // a second one above 300 Mb/s
    uint32_t symbols = divide_up(SERVICE_BITS + TAIL_BITS * encoders + 8 * length, bits_per_symbol);
    uint32_t preamble = HT_PREAMBLE_US + HT_LTF_US * training_fields[info->mcs / 8];
    return preamble + (symbols * tenths + 5) / 10 + (is_2g ? SIGNAL_EXTENSION_US : 0);
}

uint32_t radio_airtime_us(const struct radio_frame_info *info, uint32_t length, int is_2g)
{
    switch (info->phy) {
    case RADIO_PHY_DSSS:
        return dsss_us(info, length);
    case RADIO_PHY_OFDM:
        return ofdm_us(info, length, is_2g);
    case RADIO_PHY_HT:
        return ht_us(info, length, is_2g);
    default:
        return 0;
    }
}
