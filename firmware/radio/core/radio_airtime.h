// How long a frame occupied the channel. A lower bound of use: what was not received is not in it.
#ifndef RADIO_AIRTIME_H
#define RADIO_AIRTIME_H

#include "radio_core.h"

// Microseconds of a frame of `length` bytes (FCS included, ≤ RADIO_FRAME_MAX); 0 = the modulation is unknown.
// `is_2g`: the 6 µs signal extension of OFDM and HT on 2.4 GHz is added.
uint32_t radio_airtime_us(const struct radio_frame_info *info, uint32_t length, int is_2g);

#endif
