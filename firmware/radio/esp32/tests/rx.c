#include "rx.h"

#include <string.h>

#if CONFIG_SOC_WIFI_HE_SUPPORT

static wifi_pkt_rx_ctrl_t rx_of(uint8_t channel, unsigned format)
{
    wifi_pkt_rx_ctrl_t rx;
    memset(&rx, 0, sizeof rx);
    rx.rssi = -60;
    rx.noise_floor = -95;
#if CONFIG_SOC_WIFI_MAC_VERSION_NUM == 3
    rx.channel = channel;
#else
    rx.channel = channel & 15u;
#endif
    rx.cur_bb_format = format & 15u;
    return rx;
}

wifi_pkt_rx_ctrl_t rx_dsss(uint8_t channel)
{
    return rx_of(channel, RX_BB_FORMAT_11B);
}

wifi_pkt_rx_ctrl_t rx_ofdm(uint8_t channel, unsigned rate)
{
    wifi_pkt_rx_ctrl_t rx = rx_of(channel, RX_BB_FORMAT_11G);
    rx.rate = rate & 31u;
    return rx;
}

wifi_pkt_rx_ctrl_t rx_ht(uint8_t channel, const struct rx_ht *ht)
{
    wifi_pkt_rx_ctrl_t rx = rx_of(channel, RX_BB_FORMAT_HT);
    rx.he_siga1 = ht->mcs | ht->is_40mhz << 7 | 1500u << 8 | ht->is_aggregated << 27 | ht->stbc << 28 | ht->is_ldpc << 30 |
                  ht->is_short_gi << 31;
    rx.timestamp = ht->time_us;
    return rx;
}

#else

wifi_pkt_rx_ctrl_t rx_dsss(uint8_t channel)
{
    wifi_pkt_rx_ctrl_t rx;
    memset(&rx, 0, sizeof rx);
    rx.rssi = -60;
    rx.noise_floor = -95;
    rx.channel = channel & 15u;
    return rx;
}

wifi_pkt_rx_ctrl_t rx_ofdm(uint8_t channel, unsigned rate)
{
    wifi_pkt_rx_ctrl_t rx = rx_dsss(channel);
    rx.rate = rate & 31u;
    return rx;
}

wifi_pkt_rx_ctrl_t rx_ht(uint8_t channel, const struct rx_ht *ht)
{
    wifi_pkt_rx_ctrl_t rx = rx_dsss(channel);
    rx.sig_mode = 1;
    rx.mcs = ht->mcs & 127u;
    rx.cwb = ht->is_40mhz & 1u;
    rx.stbc = ht->stbc & 3u;
    rx.aggregation = ht->is_aggregated & 1u;
    rx.fec_coding = ht->is_ldpc & 1u;
    rx.sgi = ht->is_short_gi & 1u;
    rx.timestamp = ht->time_us;
    return rx;
}

#endif
