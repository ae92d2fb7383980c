// VHT: IEEE 802.11-2020 clause 21; TXTIME in 21.4.3, MCS in 21.5. With the short guard interval, TXTIME ends on a whole 4 µs;
// here the symbols count as they are, up to 3 µs less. Of a PPDU for several users only the one that was heard is known:
// its training fields are those of its own streams, so the airtime is a lower bound.
#include "radio_phy.h"

enum {
    PREAMBLE = 360, // L-STF 8, L-LTF 8, L-SIG 4, VHT-SIG-A 8, VHT-STF 4, VHT-SIG-B 4 µs
    TRAINING_FIELD = 40,
    SYMBOL = 40,
    SYMBOL_SHORT_GI = 36,
    MCS_MAX = 9,
    STREAMS_MAX = 8,
    ENCODER_BITS = 2160, // data bits of a symbol for each encoder: 540 Mb/s (tables 21-29 to 21-60)
};

// Encoders need whole blocks of equal length: NCBPS / NES must be a multiple of the code rate's denominator, NDBPS / NES of
// its numerator. Where the usual number does not give that, the tables of 21.5 have the next that does, or leave the MCS out.
struct exception {
    uint8_t bandwidth_mhz, streams, mcs;
    uint8_t encoders; // 0 = the MCS is not valid there
};

static const struct exception exceptions[] = {
    {20, 1, 9, 0}, {20, 2, 9, 0}, {20, 4, 9, 0},  {20, 5, 9, 0},   {20, 7, 9, 0},   {20, 8, 9, 0},   {80, 3, 6, 0},
    {80, 7, 6, 0}, {80, 6, 9, 0}, {160, 3, 9, 0}, {80, 7, 2, 3},   {80, 7, 7, 6},   {80, 7, 8, 6},   {80, 8, 7, 6},
    {160, 4, 7, 6}, {160, 5, 8, 8}, {160, 6, 7, 8}, {160, 7, 4, 6}, {160, 7, 7, 9}, {160, 7, 8, 12}, {160, 7, 9, 12},
    {160, 8, 5, 8}, {160, 8, 8, 12},
};

static uint32_t data_subcarriers(uint8_t bandwidth_mhz)
{
    switch (bandwidth_mhz) { // table 21-5
    case 20:
        return 52;
    case 40:
        return 108;
    case 80:
        return 234;
    case 160:
        return 468;
    default:
        return 0;
    }
}

static uint32_t encoders_of(const struct radio_frame_info *info, uint32_t symbol_bits)
{
    for (unsigned i = 0; i < sizeof exceptions / sizeof exceptions[0]; i++) {
        const struct exception *exception = &exceptions[i];
        if (exception->bandwidth_mhz == info->bandwidth_mhz && exception->streams == info->streams &&
            exception->mcs == info->mcs) {
            return exception->encoders;
        }
    }
    return (symbol_bits + ENCODER_BITS - 1) / ENCODER_BITS;
}

int radio_phy_vht(struct radio_modulation *how, const struct radio_frame_info *info)
{
    uint32_t subcarriers = data_subcarriers(info->bandwidth_mhz);
    uint32_t space_time_streams = (uint32_t)info->streams + info->stbc;
    if (subcarriers == 0 || info->mcs > MCS_MAX || info->streams == 0 || space_time_streams > STREAMS_MAX) {
        return 0;
    }
    uint32_t symbol_bits = info->streams * subcarriers * radio_phy_sixths[info->mcs] / 6;
    uint32_t encoders = encoders_of(info, symbol_bits);
    uint32_t symbols = info->stbc ? 2 : 1; // STBC sends them in pairs
    if (encoders == 0) {
        return 0;
    }
    how->preamble = (uint16_t)(PREAMBLE + TRAINING_FIELD * radio_phy_training_fields[space_time_streams - 1]);
    how->step = (uint16_t)(symbols * (info->flags & RADIO_FRAME_SHORT_GI ? SYMBOL_SHORT_GI : SYMBOL));
    how->step_bits = symbols * symbol_bits * 10;
    how->overhead_bits = RADIO_SERVICE_BITS;
    if (info->flags & RADIO_FRAME_EXTRA_SYMBOL) {
        how->extra = how->step;
    }
    if (!(info->flags & RADIO_FRAME_LDPC)) { // LDPC has no tail
        how->overhead_bits = (uint16_t)(RADIO_SERVICE_BITS + encoders * RADIO_TAIL_BITS);
    }
    how->response_rate = radio_phy_response_rate(info->mcs);
    return 1;
}
