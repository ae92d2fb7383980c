// Every limit of the radio core: what it counts, why it is this large, and what happens when it is reached.
#ifndef RADIO_LIMITS_H
#define RADIO_LIMITS_H

// Version of the record layouts (Channel, Ap, Totals, bss_load). It is also the number in the native assembly's name.
#define RADIO_ABI 1

// Channels with an accumulator each: 14 of 2.4 GHz (1–14) and 28 of 5 GHz (36–64, 100–144, 149–177).
// A frame that states or was received on any other channel is counted in the totals only.
#define RADIO_CHANNELS_2G 14
#define RADIO_CHANNELS_5G 28
#define RADIO_CHANNELS (RADIO_CHANNELS_2G + RADIO_CHANNELS_5G)

// Access points whose state (RSSI, BSS Load) is kept: a crowded flat hears 20 to 40.
// Full: the one heard longest ago goes (of several, the weakest), and the eviction is counted. No count depends on this table.
#define RADIO_APS 48

// Slots of the set of (BSSID, channel) pairs behind ap_count; 8 bytes each, exact keys, so no two APs can be mistaken for
// one. A power of two. It is filled to 7/8 only: an open-addressing table that is full costs a walk over all slots per beacon.
// Full: ap_count stands still, and every further sighting of an AP outside the set is counted (drops, totals).
#define RADIO_SEEN_SLOTS 512
#define RADIO_SEEN_MAX (RADIO_SEEN_SLOTS / 8 * 7)

// Longest frame, FCS included: the largest "Maximum MPDU Length" that a VHT, HE or EHT station can state.
// A longer frame is malformed; a longer claimed on-air length is not believed.
#define RADIO_FRAME_MAX 11454

// Most elements walked in one frame: a management frame body has at most 2304 bytes, an element at least 2.
// The walk ends there; what was read before stays valid.
#define RADIO_ELEMENTS_MAX 1152

// Age up to which a BSS Load counts as known: the largest that the records' age byte can state (255 = unknown).
// An older one is reported as unknown.
#define RADIO_BSS_LOAD_MAX_AGE_S 254

// Age up to which an AP is reported: the longest window, so that a window's APs are all there when it closes.
// An older one is left out, but keeps its place in the table until that is needed.
#define RADIO_AP_MAX_AGE_S 3600

#if (RADIO_SEEN_SLOTS & (RADIO_SEEN_SLOTS - 1)) != 0
#error "RADIO_SEEN_SLOTS must be a power of two: the probe sequence wraps with a mask"
#endif
#if RADIO_APS > RADIO_SEEN_MAX
#error "the seen set must hold at least the APs of the table"
#endif

#endif
