#include "rx_ampdu.h"

#include <string.h>

enum { TRANSMITTER_OFFSET = 10 };

static int goes_on(const struct rx_ampdu *ampdu, const struct rx_frame *frame)
{
    return ampdu->is_open && frame->mac_time_us - ampdu->began_us <= RX_AMPDU_MAX_US &&
           memcmp(ampdu->transmitter, frame->bytes + TRANSMITTER_OFFSET, sizeof ampdu->transmitter) == 0;
}

void rx_ampdu_mark(struct rx_ampdu *ampdu, struct rx_frame *frame)
{
    if (!frame->is_aggregated || frame->length < TRANSMITTER_OFFSET + sizeof ampdu->transmitter) {
        ampdu->is_open = 0;
        return;
    }
    if (goes_on(ampdu, frame)) {
        frame->info.flags |= RADIO_FRAME_AMPDU_LATER;
        return;
    }
    memcpy(ampdu->transmitter, frame->bytes + TRANSMITTER_OFFSET, sizeof ampdu->transmitter);
    ampdu->is_open = 1;
    ampdu->began_us = frame->mac_time_us;
}
