// HE: IEEE 802.11ax-2021 clause 27; TXTIME in 27.4.3, parameters in 27.5. What a receiver does not tell is left out, so that
// the airtime is a lower bound: the packet extension (0–16 µs), midambles, the symbol that LDPC may take more; and of what it
// leaves unknown, guard interval and training fields are the shortest that the format allows.
// Of a PPDU of several users (MU, trigger-based) the frame's own user counts: its streams, its resource unit, and one
// symbol of HE-SIG-B. What the others were sent may have taken longer.
#include "radio_phy.h"

enum {
    PREAMBLE_SU = 360, // L-STF 8, L-LTF 8, L-SIG 4, RL-SIG 4, HE-SIG-A 8, HE-STF 4 µs
    PREAMBLE_ER = 440, // HE-SIG-A 16 µs
    PREAMBLE_MU = 400, // HE-SIG-B 4 µs or more
    PREAMBLE_TB = 400, // HE-STF 8 µs
    LTF_1X = 32,       // without guard interval
    SYMBOL = 128,      // likewise
    MCS_MAX = 11,
    STREAMS_MAX = 8,
    BCC_STREAMS_MAX = 4, // beyond any of these, coding is LDPC (27.3.12.5)
    BCC_MCS_MAX = 9,
    BCC_SUBCARRIERS_MAX = 234,
};

enum { SU = 1, ER = 2, MU = 4, TB = 8 };

static uint8_t format_of(uint8_t phy)
{
    return (uint8_t)(1 << (phy - RADIO_PHY_HE_SU));
}

static uint16_t preamble_of(uint8_t format)
{
    switch (format) {
    case SU:
        return PREAMBLE_SU;
    case ER:
        return PREAMBLE_ER;
    case MU:
        return PREAMBLE_MU;
    default:
        return PREAMBLE_TB;
    }
}

// Data subcarriers of a resource unit or a whole bandwidth (table 27-15), and the formats that may use it.
struct width {
    uint8_t resource_unit, bandwidth_mhz, formats;
    uint16_t subcarriers;
};

static const struct width widths[] = {
    {26, 0, MU | TB, 24},           {52, 0, MU | TB, 48},      {106, 0, ER | MU | TB, 102},
    {0, 20, SU | ER | MU | TB, 234}, {0, 40, SU | MU | TB, 468}, {0, 80, SU | MU | TB, 980},
    {0, 160, SU | MU | TB, 1960},
};

// 0 = there is none. The bandwidth around a resource unit does not matter.
static uint32_t data_subcarriers(const struct radio_frame_info *info, uint8_t format)
{
    for (unsigned i = 0; i < sizeof widths / sizeof widths[0]; i++) {
        const struct width *width = &widths[i];
        if (width->formats & format && width->resource_unit == info->resource_unit &&
            (width->resource_unit != 0 || width->bandwidth_mhz == info->bandwidth_mhz)) {
            return width->subcarriers;
        }
    }
    return 0;
}

// Guard interval and size of the training fields go together (tables 27-20 and 27-21; trigger-based: 9.3.1.22). In the order
// of time on the air.
struct timing {
    uint8_t formats, guard_interval, ltf;
};

static const struct timing timings[] = {
    {SU | ER, 8, 1}, {TB, 16, 1}, {SU | ER | MU, 8, 2}, {SU | ER | MU | TB, 16, 2}, {SU | ER | MU, 8, 4},
    {SU | ER | MU | TB, 32, 4},
};

// The shortest that fits what is stated; null = none does.
static const struct timing *timing_of(const struct radio_frame_info *info, uint8_t format)
{
    for (unsigned i = 0; i < sizeof timings / sizeof timings[0]; i++) {
        const struct timing *timing = &timings[i];
        if (timing->formats & format &&
            (info->he_guard_interval == 0 || info->he_guard_interval == timing->guard_interval) &&
            (info->he_ltf == 0 || info->he_ltf == timing->ltf)) {
            return timing;
        }
    }
    return NULL;
}

static int is_possible(const struct radio_frame_info *info, uint8_t format)
{
    if (info->mcs > MCS_MAX || info->streams == 0 || info->streams + info->stbc > STREAMS_MAX) {
        return 0;
    }
    // Extended range is for those far away: one stream, MCS 0–2, in 106 tones MCS 0 only.
    if (format == ER && (info->streams > 1 || info->mcs > 2 || (info->resource_unit != 0 && info->mcs > 0))) {
        return 0;
    }
    if (info->flags & RADIO_FRAME_DCM) {
        return info->streams <= 2 && info->stbc == 0 && info->mcs <= 4 && info->mcs != 2;
    }
    return 1;
}

static int has_tail(const struct radio_frame_info *info, uint32_t subcarriers)
{
    return !(info->flags & RADIO_FRAME_LDPC) && info->streams <= BCC_STREAMS_MAX && info->mcs <= BCC_MCS_MAX &&
           subcarriers <= BCC_SUBCARRIERS_MAX;
}

int radio_phy_he(struct radio_modulation *how, const struct radio_frame_info *info)
{
    uint8_t format = format_of(info->phy);
    uint32_t subcarriers = data_subcarriers(info, format);
    const struct timing *timing = timing_of(info, format);
    if (timing == NULL || subcarriers == 0 || !is_possible(info, format)) {
        return 0;
    }
    uint32_t used = info->flags & RADIO_FRAME_DCM ? subcarriers / 2 : subcarriers; // DCM sends each bit twice
    uint32_t symbol_bits = info->streams * used * radio_phy_sixths[info->mcs] / 6;
    uint32_t symbols = info->stbc ? 2 : 1; // STBC sends them in pairs
    uint32_t training_field = (uint32_t)LTF_1X * timing->ltf + timing->guard_interval;
    uint32_t training = training_field * radio_phy_training_fields[info->streams + info->stbc - 1];
    how->preamble = (uint16_t)(preamble_of(format) + training);
    how->step = (uint16_t)(symbols * (SYMBOL + timing->guard_interval));
    how->step_bits = symbols * symbol_bits * 10;
    how->overhead_bits = (uint16_t)(RADIO_SERVICE_BITS + (has_tail(info, subcarriers) ? RADIO_TAIL_BITS : 0));
    how->response_rate = radio_phy_response_rate(info->mcs);
    return 1;
}
