#include "radio_airtime.h"

#include <string.h>

#include "radio_phy.h"

enum {
    TENTHS = 10,
    SIGNAL_EXTENSION = 6 * TENTHS, // of OFDM and newer on 2.4 GHz: aSignalExtension, table 19-25
    SIFS_2G_US = 10,               // aSIFSTime, tables 15-6 and 19-25
    SIFS_5G_US = 16,
};

// The slowest there is: 6 data bits in a symbol of 16.0 µs (HE, 26 tones, MCS 0, DCM).
_Static_assert((8ull * RADIO_AMPDU_MAX + 100) * TENTHS <= UINT32_MAX, "tenths of bits must fit");
_Static_assert((8ull * RADIO_AMPDU_MAX + 100) / 6 * 160 + 10000 <= UINT32_MAX, "tenths of microseconds must fit");

static int read_phy(struct radio_modulation *how, const struct radio_frame_info *info)
{
    switch (info->phy) {
    case RADIO_PHY_DSSS:
        return radio_phy_dsss(how, info);
    case RADIO_PHY_OFDM:
        return radio_phy_ofdm(how, info);
    case RADIO_PHY_HT:
        return radio_phy_ht(how, info);
    case RADIO_PHY_VHT:
        return radio_phy_vht(how, info);
    case RADIO_PHY_HE_SU:
    case RADIO_PHY_HE_ER:
    case RADIO_PHY_HE_MU:
    case RADIO_PHY_HE_TB:
        return radio_phy_he(how, info);
    default:
        return 0;
    }
}

// VHT and HE carry nothing else, be it of one frame (IEEE 802.11-2020, 10.12.7; 802.11ax-2021, 26.6.2).
static uint8_t is_ampdu(const struct radio_frame_info *info)
{
    if (info->phy == RADIO_PHY_HT) {
        return (info->flags & (RADIO_FRAME_AMPDU | RADIO_FRAME_AMPDU_LATER)) != 0;
    }
    return info->phy > RADIO_PHY_HT;
}

int radio_modulation_of(struct radio_modulation *how, const struct radio_frame_info *info, int is_2g)
{
    memset(how, 0, sizeof *how);
    if (!read_phy(how, info)) {
        return 0;
    }
    how->is_2g = is_2g != 0;
    how->is_ampdu = is_ampdu(info);
    if (is_2g && info->phy != RADIO_PHY_DSSS) {
        how->preamble = (uint16_t)(how->preamble + SIGNAL_EXTENSION);
    }
    return 1;
}

static uint32_t divide_up(uint32_t dividend, uint32_t divisor)
{
    return (dividend + divisor - 1) / divisor;
}

// To the nearest µs.
uint32_t radio_airtime_us(const struct radio_modulation *how, uint32_t bytes)
{
    if (bytes > RADIO_AMPDU_MAX) {
        return RADIO_AIRTIME_UNKNOWN;
    }
    uint32_t steps = divide_up((how->overhead_bits + 8 * bytes) * TENTHS, how->step_bits);
    return (how->preamble + steps * how->step + how->extra + TENTHS / 2) / TENTHS;
}

uint32_t radio_airtime_response_us(const struct radio_modulation *how, uint32_t bytes)
{
    struct radio_modulation response = *how; // DSSS answers as it was asked
    if (how->overhead_bits != 0) {
        const struct radio_frame_info ofdm = {.phy = RADIO_PHY_OFDM, .rate_100kbps = how->response_rate};
        radio_modulation_of(&response, &ofdm, how->is_2g);
    }
    return (how->is_2g ? SIFS_2G_US : SIFS_5G_US) + radio_airtime_us(&response, bytes);
}
