#include "rx_info.h"

#if !CONFIG_SOC_WIFI_HE_SUPPORT

#include <string.h>

enum {
    SIG_MODE_LEGACY = 0,
    SIG_MODE_HT = 1,
};

static void set_ht(struct radio_frame_info *info, const wifi_pkt_rx_ctrl_t *rx)
{
    info->phy = RADIO_PHY_HT;
    info->mcs = rx->mcs;
    info->bandwidth_mhz = rx->cwb ? 40 : 20;
    info->stbc = rx->stbc;
    info->flags |= rx->sgi ? RADIO_FRAME_SHORT_GI : 0;
    info->flags |= rx->fec_coding ? RADIO_FRAME_LDPC : 0;
    info->flags |= rx->aggregation ? RADIO_FRAME_AMPDU : 0;
}

void rx_info_read(struct rx_frame *frame, const wifi_promiscuous_pkt_t *packet)
{
    const wifi_pkt_rx_ctrl_t *rx = &packet->rx_ctrl;
    memset(frame, 0, sizeof *frame);
    frame->info.channel = rx->channel;
    frame->info.band = RADIO_BAND_2G;
    frame->info.rssi = (int8_t)rx->rssi;
    frame->info.noise = (int8_t)rx->noise_floor;
    frame->info.flags = rx->rx_state ? RADIO_FRAME_BAD_FCS : 0;
    frame->mac_time_us = rx->timestamp;
    if (rx->sig_mode == SIG_MODE_LEGACY) {
        rx_info_set_rate(&frame->info, rx->rate);
    } else if (rx->sig_mode == SIG_MODE_HT) {
        set_ht(&frame->info, rx);
        frame->is_aggregated = rx->aggregation;
    }
    rx_info_set_payload(frame, packet->payload, rx->sig_len, rx->sig_len);
}

#endif
