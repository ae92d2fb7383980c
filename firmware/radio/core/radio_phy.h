// The modulations of each PHY. Each function fills `how` but for is_2g and is_ampdu; 0 = impossible or not fully stated.
#ifndef RADIO_PHY_H
#define RADIO_PHY_H

#include "radio_airtime.h"

int radio_phy_dsss(struct radio_modulation *how, const struct radio_frame_info *info);
int radio_phy_ofdm(struct radio_modulation *how, const struct radio_frame_info *info);
int radio_phy_ht(struct radio_modulation *how, const struct radio_frame_info *info);
int radio_phy_vht(struct radio_modulation *how, const struct radio_frame_info *info);
int radio_phy_he(struct radio_modulation *how, const struct radio_frame_info *info);

// Shared by OFDM and what grew from it.
enum {
    RADIO_SERVICE_BITS = 16,
    RADIO_TAIL_BITS = 6, // of each convolutional encoder
};

// MCS 0–11 of one stream: coded bits of a subcarrier times the code rate, in sixths of a bit. BPSK 1/2, QPSK 1/2, 3/4,
// 16-QAM 1/2, 3/4, 64-QAM 2/3, 3/4, 5/6, 256-QAM 3/4, 5/6, 1024-QAM 3/4, 5/6.
extern const uint8_t radio_phy_sixths[12];

// Long training fields of 1–8 space-time streams: IEEE 802.11-2020 tables 19-13 and 21-13, 802.11ax-2021 27.3.11.10.
extern const uint8_t radio_phy_training_fields[8];

// 100 kb/s of the mandatory OFDM rate that answers an MCS: that of the non-HT reference rate, or the next below it
// (IEEE 802.11-2020, 10.6.6.5 and 10.6.11).
uint16_t radio_phy_response_rate(unsigned mcs);

#endif
