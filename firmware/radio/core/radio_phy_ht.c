// HT: IEEE 802.11-2020 clause 19; TXTIME in 19.4.3, MCS of equal modulation in 19.5. With the short guard interval, TXTIME
// of the mixed format ends on a whole 4 µs; here the symbols count as they are, up to 3 µs less.
#include "radio_phy.h"

enum {
    MIXED_PREAMBLE = 320,      // L-STF 8, L-LTF 8, L-SIG 4, HT-SIG 8, HT-STF 4 µs
    GREENFIELD_PREAMBLE = 200, // HT-GF-STF 8, HT-SIG 8 µs, and the first HT-LTF is 4 µs longer
    TRAINING_FIELD = 40,
    SYMBOL = 40,
    SYMBOL_SHORT_GI = 36,
    MCS_MAX = 31, // four streams; 32 and the unequal ones from 33 are hardly in use
    STREAMS_MAX = 4,
    DATA_SUBCARRIERS_20 = 52, // table 19-6
    DATA_SUBCARRIERS_40 = 108,
    ENCODER_BITS = 1200, // data bits of a symbol up to which one encoder does: 300 Mb/s (tables 19-27 to 19-36)
};

static uint32_t data_subcarriers(uint8_t bandwidth_mhz)
{
    switch (bandwidth_mhz) {
    case 20:
        return DATA_SUBCARRIERS_20;
    case 40:
        return DATA_SUBCARRIERS_40;
    default:
        return 0;
    }
}

// LDPC has no tail. The symbol that it sometimes takes more (19.3.11.7.5) is not told by HT-SIG and is not counted.
static uint16_t overhead_bits(uint16_t flags, uint32_t symbol_bits)
{
    uint32_t encoders = flags & RADIO_FRAME_LDPC ? 0 : symbol_bits > ENCODER_BITS ? 2 : 1;
    return (uint16_t)(RADIO_SERVICE_BITS + encoders * RADIO_TAIL_BITS);
}

int radio_phy_ht(struct radio_modulation *how, const struct radio_frame_info *info)
{
    uint32_t subcarriers = data_subcarriers(info->bandwidth_mhz);
    uint32_t streams = info->mcs / 8 + 1u;
    uint32_t space_time_streams = streams + info->stbc;
    if (subcarriers == 0 || info->mcs > MCS_MAX || space_time_streams > STREAMS_MAX) {
        return 0;
    }
    uint32_t symbol_bits = streams * subcarriers * radio_phy_sixths[info->mcs % 8] / 6;
    uint32_t symbols = info->stbc ? 2 : 1; // STBC sends them in pairs
    uint32_t preamble = info->flags & RADIO_FRAME_GREENFIELD ? GREENFIELD_PREAMBLE : MIXED_PREAMBLE;
    how->preamble = (uint16_t)(preamble + TRAINING_FIELD * radio_phy_training_fields[space_time_streams - 1]);
    how->step = (uint16_t)(symbols * (info->flags & RADIO_FRAME_SHORT_GI ? SYMBOL_SHORT_GI : SYMBOL));
    how->step_bits = symbols * symbol_bits * 10;
    how->overhead_bits = overhead_bits(info->flags, symbol_bits);
    how->response_rate = radio_phy_response_rate(info->mcs % 8);
    return 1;
}
