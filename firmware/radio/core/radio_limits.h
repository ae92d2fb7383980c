// Every limit of the radio core: what it counts, why it is this large, and what happens when it is reached. Those within
// #ifndef may be set by -D; a value that cannot work does not compile.
#ifndef RADIO_LIMITS_H
#define RADIO_LIMITS_H

#include <stdint.h>

#ifdef __cplusplus
#define RADIO_LIMIT(condition, reason) static_assert(condition, reason)
#else
#define RADIO_LIMIT(condition, reason) _Static_assert(condition, reason)
#endif

// Version of the record layouts (Channel, Ap, Totals, bss_load). It is also the number in the native assembly's name.
#define RADIO_ABI 1

// Channels with an accumulator each: 14 of 2.4 GHz (1–14) and 28 of 5 GHz (36–64, 100–144, 149–177).
// A frame that states or was received on any other channel is counted in the totals only.
#define RADIO_CHANNELS_2G 14
#define RADIO_CHANNELS_5G 28
#define RADIO_CHANNELS (RADIO_CHANNELS_2G + RADIO_CHANNELS_5G)

// Access points whose state (RSSI, BSS Load) is kept, 40 bytes each: a crowded flat hears 20 to 40.
// Full: the weakest of those heard longest ago (see the next limit) goes and is counted; the last to go is kept to be read. No
// count depends on this table.
#ifndef RADIO_APS
#define RADIO_APS 48
#endif
RADIO_LIMIT(RADIO_APS >= 1 && RADIO_APS <= 255, "the table is searched from end to end, under the lock");

// Ages of the AP table that count as equal, so that there the weaker one goes: a report's usual window. Within it a survey
// comes round to each channel; a finer step would punish the channels that were visited first.
#ifndef RADIO_AP_AGE_STEP_S
#define RADIO_AP_AGE_STEP_S 300
#endif
RADIO_LIMIT(RADIO_AP_AGE_STEP_S >= 1 && RADIO_AP_AGE_STEP_S <= 86400, "0 cannot divide; within a day strength must count");

// Slots of the set of (BSSID, channel) pairs behind ap_count; 8 bytes each, exact keys, so no two APs can be mistaken for
// one. It is filled to 7/8 only: an open-addressing table that is full costs a walk over all slots per beacon.
// Full: ap_count stands still, and every further sighting of an AP outside the set is counted (drops, totals).
#ifndef RADIO_SEEN_SLOTS
#define RADIO_SEEN_SLOTS 512
#endif
#define RADIO_SEEN_MAX (RADIO_SEEN_SLOTS / 8 * 7)
RADIO_LIMIT((RADIO_SEEN_SLOTS & (RADIO_SEEN_SLOTS - 1)) == 0, "a power of two: the probe sequence wraps with a mask");
RADIO_LIMIT(RADIO_SEEN_SLOTS >= 8 && RADIO_SEEN_SLOTS <= 0x10000, "the hash has 16 bits; 8 are the least to fill to 7/8");
RADIO_LIMIT(RADIO_APS <= RADIO_SEEN_MAX, "the set must hold at least the APs of the table");

// Longest frame, FCS included: the largest "Maximum MPDU Length" that a VHT, HE or EHT station can state.
// A longer frame is malformed; a longer claimed on-air length is not believed.
#ifndef RADIO_FRAME_MAX
#define RADIO_FRAME_MAX 11454
#endif
RADIO_LIMIT(RADIO_FRAME_MAX >= 2346 && RADIO_FRAME_MAX <= 11454, "from what every station may send to what none exceeds");

// Longest A-MPDU in bytes: what an HE station can announce (IEEE 802.11ax-2021, 9.4.2.248: 2^23 − 1 less the overhead).
// Frames flagged as one PPDU beyond it are taken for the next one, with a preamble of its own.
#ifndef RADIO_AMPDU_MAX
#define RADIO_AMPDU_MAX 6500631
#endif
RADIO_LIMIT(RADIO_AMPDU_MAX >= RADIO_FRAME_MAX + 8, "a frame must fit, with delimiter and an FCS that was cut off");
RADIO_LIMIT(RADIO_AMPDU_MAX <= 6500631, "beyond it the airtime of the slowest modulation leaves 32 bits");

// Most elements walked in one frame: a management frame body has at most 2304 bytes, an element at least 2.
// The walk ends there; what was read before stays valid.
#ifndef RADIO_ELEMENTS_MAX
#define RADIO_ELEMENTS_MAX 1152
#endif
RADIO_LIMIT(RADIO_ELEMENTS_MAX >= 64 && RADIO_ELEMENTS_MAX <= 1152, "a beacon has some 50; a body holds 1152 at most");

// Age up to which a BSS Load counts as known: the largest that the records' age byte can state (255 = unknown).
// An older one is reported as unknown.
#ifndef RADIO_BSS_LOAD_MAX_AGE_S
#define RADIO_BSS_LOAD_MAX_AGE_S 254
#endif
RADIO_LIMIT(RADIO_BSS_LOAD_MAX_AGE_S >= 1 && RADIO_BSS_LOAD_MAX_AGE_S <= 254, "255 says unknown");

// Age up to which an AP is reported: the longest window, so that a window's APs are all there when it closes.
// An older one is left out, but keeps its place in the table until that is needed.
#ifndef RADIO_AP_MAX_AGE_S
#define RADIO_AP_MAX_AGE_S 3600
#endif
RADIO_LIMIT(RADIO_AP_MAX_AGE_S >= 60 && RADIO_AP_MAX_AGE_S <= 86400, "a window has 60 to 3600 s; after a day no AP is news");

#endif
