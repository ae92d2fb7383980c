// Which channel the receiver is on, and for how long: what the Channel records count as dwell.
#ifndef LISTENING_H
#define LISTENING_H

#include <stdint.h>

// All 0 = nowhere.
struct listening {
    uint64_t since_us;      // up to here all is accounted for
    uint64_t away_until_us; // when a visit ends at the latest; then the receiver is back
    uint8_t home;           // channel of the link; 0 = none, so unknown
    uint8_t away;           // channel that is visited; 0 = at home
};

// Time to be added to two channels; channel 0 = nothing.
struct listened {
    uint8_t channel[2];
    uint32_t us[2];
};

// Each accounts for the time up to now.
struct listened listening_settle(struct listening *listening, uint64_t now_us);
struct listened listening_set_home(struct listening *listening, uint8_t channel, uint64_t now_us);
struct listened listening_leave(struct listening *listening, uint8_t channel, uint32_t milliseconds, uint64_t now_us);
struct listened listening_return(struct listening *listening, uint64_t now_us);

// The channel of a frame that is received now; 0 = unknown.
uint8_t listening_channel(const struct listening *listening, uint64_t now_us);

#endif
