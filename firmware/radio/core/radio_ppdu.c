#include "radio_ppdu.h"

enum {
    DELIMITER_LENGTH = 4,  // before each frame of an A-MPDU; each but the last is padded to 4 bytes (IEEE 802.11-2020, 9.7.1)
    ACK_LENGTH = 14,       // 9.3.1.4
    BLOCK_ACK_LENGTH = 32, // 9.3.1.8: compressed, 64 frames
};

static uint32_t with_frame(uint32_t bytes, uint32_t frame_length)
{
    return ((bytes + 3) & ~UINT32_C(3)) + DELIMITER_LENGTH + frame_length;
}

static int is_sent_alike(const struct radio_modulation *a, const struct radio_modulation *b)
{
    return a->step_bits == b->step_bits && a->step == b->step && a->preamble == b->preamble;
}

static int goes_on(const struct radio_ppdu *ppdu, const struct radio_modulation *how, uint32_t length, int channel)
{
    return ppdu->is_open && how->is_ampdu && channel == ppdu->channel && is_sent_alike(how, &ppdu->how) &&
           with_frame(ppdu->bytes, length) <= RADIO_AMPDU_MAX;
}

static void begin(struct radio_ppdu *ppdu, const struct radio_modulation *how, uint32_t length, int channel)
{
    ppdu->how = *how;
    ppdu->bytes = how->is_ampdu ? with_frame(0, length) : length;
    ppdu->counted_us = 0;
    ppdu->is_open = 1;
    ppdu->is_aggregate = 0;
    ppdu->calls_for_response = 0;
    ppdu->channel = (int8_t)channel;
}

static uint32_t response_us(const struct radio_ppdu *ppdu)
{
    return radio_airtime_response_us(&ppdu->how, ppdu->is_aggregate ? BLOCK_ACK_LENGTH : ACK_LENGTH);
}

uint32_t radio_ppdu_add(struct radio_ppdu *ppdu, const struct radio_modulation *how, const struct radio_frame *frame,
                        int is_later, int channel, int with_response)
{
    if (is_later && goes_on(ppdu, how, frame->on_air_length, channel)) {
        ppdu->bytes = with_frame(ppdu->bytes, frame->on_air_length);
        ppdu->is_aggregate = 1;
    } else {
        begin(ppdu, how, frame->on_air_length, channel);
    }
    ppdu->calls_for_response |= frame->calls_for_response;
    uint32_t total = radio_airtime_us(&ppdu->how, ppdu->bytes);
    total += with_response && ppdu->calls_for_response ? response_us(ppdu) : 0;
    uint32_t added = total > ppdu->counted_us ? total - ppdu->counted_us : 0; // responses may just have been switched off
    ppdu->counted_us += added;
    return added;
}

void radio_ppdu_close(struct radio_ppdu *ppdu)
{
    ppdu->is_open = 0;
}
