// The PPDU that frames arrive in. The frames of an A-MPDU share one preamble, and only together fill their symbols; so each
// adds what the PPDU is longer with it than it was without.
#ifndef RADIO_PPDU_H
#define RADIO_PPDU_H

#include "radio_airtime.h"
#include "radio_frame.h"

struct radio_ppdu {
    struct radio_modulation how;
    uint32_t bytes;
    uint32_t counted_us;
    uint8_t is_open; // the next frame may be part of it
    uint8_t is_aggregate;
    uint8_t calls_for_response;
    int8_t channel;
};

// Takes a sound frame, received or stated on the channel of this index. Returns the microseconds that it adds.
// `with_response`: SIFS and Ack, of several frames BlockAck, are part of it.
uint32_t radio_ppdu_add(struct radio_ppdu *ppdu, const struct radio_modulation *how, const struct radio_frame *frame,
                        int is_later, int channel, int with_response);

// Whatever comes next, it starts a PPDU.
void radio_ppdu_close(struct radio_ppdu *ppdu);

#endif
