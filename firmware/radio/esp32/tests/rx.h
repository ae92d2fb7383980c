// What the receiver of this chip says of a frame; the same words for both families.
#ifndef RX_H
#define RX_H

#include "esp_wifi.h"

// 802.11b at 1 Mb/s, −60 dBm, noise −95 dBm.
wifi_pkt_rx_ctrl_t rx_dsss(uint8_t channel);

// By wifi_phy_rate_t.
wifi_pkt_rx_ctrl_t rx_ofdm(uint8_t channel, unsigned rate);

struct rx_ht {
    unsigned mcs, is_40mhz, stbc, is_aggregated, is_ldpc, is_short_gi;
    uint32_t time_us;
};

wifi_pkt_rx_ctrl_t rx_ht(uint8_t channel, const struct rx_ht *ht);

#endif
