// These chips hand over the signal fields of the preamble as they were received: HT-SIG and VHT-SIG-A as 32 bits (24 of the
// first part, 8 of the second) in he_siga1, HE-SIG-A1 there and the first 16 bits of HE-SIG-A2 in he_siga2.
#include "rx_info.h"

#if CONFIG_SOC_WIFI_HE_SUPPORT

#include <string.h>

#if CONFIG_SOC_WIFI_SUPPORT_5G
#define BAND RADIO_BAND_UNKNOWN // the channel's number tells
#else
#define BAND RADIO_BAND_2G
#endif

static unsigned bits(uint32_t field, unsigned first, unsigned count)
{
    return field >> first & ((1u << count) - 1);
}

static uint8_t bandwidth_mhz(unsigned code)
{
    return (uint8_t)(20u << code);
}

// IEEE 802.11-2020, table 19-11.
static void set_ht(struct rx_frame *frame, uint32_t sig)
{
    struct radio_frame_info *info = &frame->info;
    info->phy = RADIO_PHY_HT;
    info->mcs = (uint8_t)bits(sig, 0, 7);
    info->bandwidth_mhz = bandwidth_mhz(bits(sig, 7, 1));
    info->stbc = (uint8_t)bits(sig, 28, 2);
    info->flags |= bits(sig, 30, 1) ? RADIO_FRAME_LDPC : 0;
    info->flags |= bits(sig, 31, 1) ? RADIO_FRAME_SHORT_GI : 0;
    info->flags |= bits(sig, 27, 1) ? RADIO_FRAME_AMPDU : 0;
    frame->is_aggregated = (uint8_t)bits(sig, 27, 1);
}

static void set_streams(struct radio_frame_info *info, unsigned space_time_streams, unsigned is_stbc)
{
    info->streams = (uint8_t)(is_stbc ? space_time_streams / 2 : space_time_streams);
    info->stbc = (uint8_t)(space_time_streams - info->streams);
}

// IEEE 802.11-2020, table 21-12, for one user; of several, the user's own rate is in VHT-SIG-B, which is not handed over.
static void set_vht(struct rx_frame *frame, uint32_t sig)
{
    struct radio_frame_info *info = &frame->info;
    unsigned group = bits(sig, 4, 6);
    if (group != 0 && group != 63) {
        return;
    }
    info->phy = RADIO_PHY_VHT;
    info->bandwidth_mhz = bandwidth_mhz(bits(sig, 0, 2));
    set_streams(info, bits(sig, 10, 3) + 1, bits(sig, 3, 1));
    info->mcs = (uint8_t)bits(sig, 28, 4);
    info->flags |= bits(sig, 24, 1) ? RADIO_FRAME_SHORT_GI : 0;
    info->flags |= bits(sig, 26, 1) ? RADIO_FRAME_LDPC : 0;
    info->flags |= bits(sig, 27, 1) ? RADIO_FRAME_EXTRA_SYMBOL : 0;
    frame->is_aggregated = 1;
}

// Guard interval and training field, 802.11ax-2021, table 27-18. DCM and STBC both set mean neither, and a shorter interval.
static void set_he_guard(struct radio_frame_info *info, unsigned code, int is_short)
{
    static const uint8_t intervals[] = {8, 8, 16, 32}, fields[] = {1, 2, 2, 4};
    info->he_guard_interval = is_short ? 8 : intervals[code];
    info->he_ltf = fields[code];
}

static void set_he(struct rx_frame *frame, uint32_t sig1, uint32_t sig2, enum radio_phy phy)
{
    struct radio_frame_info *info = &frame->info;
    unsigned width = bits(sig1, 19, 2), guard = bits(sig1, 21, 2), dcm = bits(sig1, 7, 1), stbc = bits(sig2, 9, 1);
    unsigned doppler = bits(sig2, 15, 1);
    int is_short = guard == 3 && dcm && stbc;
    info->phy = (uint8_t)phy;
    info->mcs = (uint8_t)bits(sig1, 3, 4);
    info->bandwidth_mhz = phy == RADIO_PHY_HE_ER ? 20 : bandwidth_mhz(width);
    info->resource_unit = phy == RADIO_PHY_HE_ER && width == 1 ? 106 : 0;
    set_he_guard(info, guard, is_short);
    set_streams(info, bits(sig1, 23, doppler ? 2 : 3) + 1, stbc && !is_short); // with Doppler, bit 25 is the midambles'
    info->flags |= dcm && !is_short ? RADIO_FRAME_DCM : 0;
    info->flags |= bits(sig2, 7, 1) ? RADIO_FRAME_LDPC : 0;
    frame->is_aggregated = 1;
}

// Of HE MU and trigger-based PPDUs the user's rate is not in HE-SIG-A: they stay unknown.
static void set_modulation(struct rx_frame *frame, const wifi_pkt_rx_ctrl_t *rx)
{
    switch (rx->cur_bb_format) {
    case RX_BB_FORMAT_11B:
    case RX_BB_FORMAT_11G:
        rx_info_set_rate(&frame->info, rx->rate);
        break;
    case RX_BB_FORMAT_HT:
        set_ht(frame, rx->he_siga1);
        break;
    case RX_BB_FORMAT_VHT:
        set_vht(frame, rx->he_siga1);
        break;
    case RX_BB_FORMAT_HE_SU:
        set_he(frame, rx->he_siga1, rx->he_siga2, RADIO_PHY_HE_SU);
        break;
    case RX_BB_FORMAT_HE_ERSU:
        set_he(frame, rx->he_siga1, rx->he_siga2, RADIO_PHY_HE_ER);
        break;
    }
}

void rx_info_read(struct rx_frame *frame, const wifi_promiscuous_pkt_t *packet)
{
    const wifi_pkt_rx_ctrl_t *rx = &packet->rx_ctrl;
    memset(frame, 0, sizeof *frame);
    frame->info.channel = rx->channel;
    frame->info.band = BAND;
    frame->info.rssi = (int8_t)rx->rssi;
    frame->info.noise = (int8_t)rx->noise_floor;
    frame->info.flags = rx->rx_state ? RADIO_FRAME_BAD_FCS : 0;
    frame->mac_time_us = rx->timestamp;
    set_modulation(frame, rx);
#if CONFIG_SOC_WIFI_MAC_VERSION_NUM != 3
    frame->is_aggregated = frame->is_aggregated && !rx->cur_single_mpdu;
#endif
    rx_info_set_payload(frame, packet->payload, rx->sig_len, rx->dump_len);
}

#endif
