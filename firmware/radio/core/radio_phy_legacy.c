// DSSS and CCK: IEEE 802.11-2020 clauses 15 and 16; TXTIME in 16.3.4. OFDM: clause 17, TXTIME in 17.4.3; on 2.4 GHz
// (ERP-OFDM) clause 18, whose signal extension is added where the band is known.
#include "radio_phy.h"

enum {
    DSSS_LONG_PREAMBLE = 1920, // 144 µs preamble and 48 µs header, both at 1 Mb/s
    DSSS_SHORT_PREAMBLE = 960, // 72 µs at 1 Mb/s and 24 µs at 2 Mb/s
    DSSS_STEP = 10,
    OFDM_PREAMBLE = 200, // 16 µs training, 4 µs SIGNAL
    OFDM_SYMBOL = 40,
};

const uint8_t radio_phy_sixths[12] = {3, 6, 9, 12, 18, 24, 27, 30, 36, 40, 45, 50};
const uint8_t radio_phy_training_fields[8] = {1, 2, 4, 4, 6, 6, 8, 8};

int radio_phy_dsss(struct radio_modulation *how, const struct radio_frame_info *info)
{
    uint16_t rate = info->rate_100kbps;
    if (rate != 10 && rate != 20 && rate != 55 && rate != 110) {
        return 0;
    }
    // 1 Mb/s exists with the long preamble only, whatever a driver's flag says.
    int is_short = (info->flags & RADIO_FRAME_SHORT_PREAMBLE) && rate != 10;
    how->preamble = is_short ? DSSS_SHORT_PREAMBLE : DSSS_LONG_PREAMBLE;
    how->step = DSSS_STEP;
    how->step_bits = rate;
    how->response_rate = rate;
    return 1;
}

// Of the rates 6, 12 and 24 Mb/s, which are mandatory, the highest that is not above.
static uint16_t mandatory_rate(uint16_t rate)
{
    return rate >= 240 ? 240 : rate >= 120 ? 120 : 60;
}

uint16_t radio_phy_response_rate(unsigned mcs)
{
    return mcs == 0 ? 60 : mcs <= 2 ? 120 : 240;
}

int radio_phy_ofdm(struct radio_modulation *how, const struct radio_frame_info *info)
{
    static const uint16_t rates[] = {60, 90, 120, 180, 240, 360, 480, 540};
    uint16_t rate = info->rate_100kbps;
    unsigned i = 0;
    while (i < sizeof rates / sizeof rates[0] && rates[i] != rate) {
        i++;
    }
    if (i == sizeof rates / sizeof rates[0]) {
        return 0;
    }
    how->preamble = OFDM_PREAMBLE;
    how->step = OFDM_SYMBOL;
    how->step_bits = rate * 4u; // of 4 µs
    how->overhead_bits = RADIO_SERVICE_BITS + RADIO_TAIL_BITS;
    how->response_rate = mandatory_rate(rate);
    return 1;
}
