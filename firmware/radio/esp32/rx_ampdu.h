// Which frames arrived in one A-MPDU. The driver says that a frame was in one, not which others were in the same.
#ifndef RX_AMPDU_H
#define RX_AMPDU_H

#include "rx_info.h"

// The longest PPDU, µs (aPPDUMaxTime; IEEE 802.11-2020, 19.4.4 and 21.4.4): what came later is another one.
#define RX_AMPDU_MAX_US 5484

// All 0 = none is open.
struct rx_ampdu {
    uint8_t transmitter[6];
    uint8_t is_open;
    uint32_t began_us;
};

// Flags the frame RADIO_FRAME_AMPDU_LATER when it follows another of the same transmitter within one PPDU's time. Two A-MPDUs
// in quick succession so count one preamble less than there were: the airtime stays a lower bound.
void rx_ampdu_mark(struct rx_ampdu *ampdu, struct rx_frame *frame);

#endif
