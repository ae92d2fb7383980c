#include "rx_info.h"

enum {
    FCS_LENGTH = 4,
    FRAME_CONTROL_BEACON = 0x80,
    FRAME_CONTROL_PROBE_RESPONSE = 0x50,
    RATES = 16,
    FIRST_OFDM_RATE = 8,
    SHORT_PREAMBLE_RATE = 4, // and up to the first of OFDM
};

// By wifi_phy_rate_t, which numbers OFDM as the RATE field of L-SIG does (IEEE 802.11-2020, table 17-6); 0 = no rate.
static const uint16_t rates_100kbps[RATES] = {10, 20, 55, 110, 0, 20, 55, 110, 480, 240, 120, 60, 540, 360, 180, 90};

void rx_info_set_rate(struct radio_frame_info *info, unsigned rate)
{
    if (rate >= RATES || rates_100kbps[rate] == 0) {
        return;
    }
    info->phy = rate < FIRST_OFDM_RATE ? RADIO_PHY_DSSS : RADIO_PHY_OFDM;
    info->rate_100kbps = rates_100kbps[rate];
    if (rate >= SHORT_PREAMBLE_RATE && rate < FIRST_OFDM_RATE) {
        info->flags |= RADIO_FRAME_SHORT_PREAMBLE;
    }
}

static int is_announcement(const uint8_t *payload)
{
    return payload[0] == FRAME_CONTROL_BEACON || payload[0] == FRAME_CONTROL_PROBE_RESPONSE;
}

// The driver has checked the FCS. Stating the frame as cut keeps the core from a check sum of its own.
void rx_info_set_payload(struct rx_frame *frame, const uint8_t *payload, uint32_t on_air, uint32_t captured)
{
    uint32_t without_fcs = on_air > FCS_LENGTH ? on_air - FCS_LENGTH : 0;
    frame->bytes = payload;
    frame->length = captured < without_fcs ? captured : without_fcs;
    if (frame->length > RX_HEADER_MAX && !is_announcement(payload)) {
        frame->length = RX_HEADER_MAX;
    }
    frame->info.on_air_length = on_air;
    frame->info.flags |= RADIO_FRAME_TRUNCATED;
}
