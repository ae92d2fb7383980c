// How long a PPDU occupies the channel, in whole microseconds. What is not known yields "unknown", never 0.
#ifndef RADIO_AIRTIME_H
#define RADIO_AIRTIME_H

#include "radio_core.h"

#define RADIO_AIRTIME_UNKNOWN UINT32_MAX

// How a PPDU is sent: all that its airtime needs but its length. Times in tenths of a µs.
struct radio_modulation {
    uint32_t step_bits;     // data bits of one step, in tenths of a bit (5.5 Mb/s has 5.5 a µs)
    uint16_t step;          // a symbol; two of them with STBC; of DSSS a µs
    uint16_t overhead_bits; // service and tail: bits before and behind the PSDU
    uint16_t preamble;      // all but the data, with the signal extension of 2.4 GHz
    uint16_t extra;         // symbols that do not follow from the length
    uint16_t response_rate; // of the Ack that it calls for, 100 kb/s
    uint8_t is_2g;
    uint8_t is_ampdu; // the PSDU is an A-MPDU
};

// Returns 0 when the modulation is unknown or impossible.
int radio_modulation_of(struct radio_modulation *how, const struct radio_frame_info *info, int is_2g);

// Airtime of a PPDU that carries `bytes`: a frame with its FCS, or an A-MPDU. Unknown beyond RADIO_AMPDU_MAX.
uint32_t radio_airtime_us(const struct radio_modulation *how, uint32_t bytes);

// SIFS and a response of `bytes` (Ack, BlockAck), at the highest mandatory rate that may answer this modulation.
uint32_t radio_airtime_response_us(const struct radio_modulation *how, uint32_t bytes);

#endif
