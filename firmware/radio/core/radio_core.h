// The radio core: received 802.11 frames in, fixed-size records out. Portable C11; allocates nothing, keeps nothing outside
// struct radio_core, and needs memcpy and memset only. Limits: radio_limits.h. Records: README.md.
#ifndef RADIO_CORE_H
#define RADIO_CORE_H

#include <stddef.h>
#include <stdint.h>

#include "radio_limits.h"

#if defined(__GNUC__)
#define RADIO_API __attribute__((visibility("default")))
#else
#define RADIO_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

// Record sizes in bytes.
#define RADIO_CHANNEL_RECORD 48
#define RADIO_AP_RECORD 16
#define RADIO_TOTALS_RECORD 32

// Returned instead of a count when the caller's buffer does not hold the answer.
#define RADIO_BUFFER_TOO_SMALL (-1)

#define RADIO_RSSI_UNKNOWN (-128)
#define RADIO_U8_UNKNOWN 255
#define RADIO_U16_UNKNOWN 0xFFFF

enum radio_frame_flags {
    RADIO_FRAME_HAS_FCS = 1,         // the last 4 bytes of a complete frame are its FCS
    RADIO_FRAME_BAD_FCS = 2,         // the receiver found the FCS wrong
    RADIO_FRAME_TRUNCATED = 4,       // fewer bytes were captured than were on the air
    RADIO_FRAME_SHORT_GI = 8,        // HT, VHT: 400 ns guard interval
    RADIO_FRAME_SHORT_PREAMBLE = 16, // DSSS
    RADIO_FRAME_AMPDU_LATER = 32,    // HT and newer: in the same A-MPDU as the frame before
    RADIO_FRAME_AMPDU = 64,          // HT: in an A-MPDU, be it alone. VHT and HE frames always are
    RADIO_FRAME_GREENFIELD = 128,    // HT: not the mixed format
    RADIO_FRAME_LDPC = 256,          // HT and newer: not convolutional coding
    RADIO_FRAME_EXTRA_SYMBOL = 512,  // VHT: LDPC took a symbol more
    RADIO_FRAME_DCM = 1024,          // HE: dual carrier modulation
};

// How the frame was modulated. Anything newer than HE is RADIO_PHY_UNKNOWN.
enum radio_phy {
    RADIO_PHY_UNKNOWN = 0,
    RADIO_PHY_DSSS = 1,   // 802.11b: 1, 2, 5.5, 11 Mb/s
    RADIO_PHY_OFDM = 2,   // 802.11a, 802.11g: 6–54 Mb/s
    RADIO_PHY_HT = 3,     // 802.11n
    RADIO_PHY_VHT = 4,    // 802.11ac
    RADIO_PHY_HE_SU = 5,  // 802.11ax: one user
    RADIO_PHY_HE_ER = 6,  // 802.11ax: one user, extended range
    RADIO_PHY_HE_MU = 7,  // 802.11ax: one of the users of a downlink PPDU
    RADIO_PHY_HE_TB = 8,  // 802.11ax: uplink that a trigger frame called for
};

enum radio_band {
    RADIO_BAND_UNKNOWN = 0, // the channel number tells
    RADIO_BAND_2G = 2,
    RADIO_BAND_5G = 5,
};

// What the receiver knows about one frame. 32 bytes without padding.
struct radio_frame_info {
    uint64_t timestamp_us;     // monotonic, the clock of now_us
    uint32_t on_air_length;    // bytes on the air, FCS included; 0 = unknown. Needed of truncated frames only
    uint16_t flags;            // radio_frame_flags
    uint16_t rate_100kbps;     // DSSS, OFDM
    uint8_t channel;           // tuned; 0 = unknown
    uint8_t band;              // radio_band of the tuned channel; any other value = a band without channels here
    int8_t rssi;               // dBm; RADIO_RSSI_UNKNOWN = none stated
    uint8_t phy;               // radio_phy
    uint8_t mcs;               // HT 0–31, VHT 0–9, HE 0–11
    uint8_t bandwidth_mhz;     // HT 20, 40; VHT and HE 20, 40, 80, 160; 0 = unknown
    uint8_t streams;           // VHT, HE: spatial streams, 1–8; 0 = unknown. Of HT the MCS tells
    uint8_t stbc;              // space-time streams beyond the spatial ones; 0 = no STBC
    uint8_t resource_unit;     // HE: 26, 52 or 106 tones; 0 = as many as the bandwidth has
    uint8_t he_guard_interval; // HE: 8, 16, 32 tenths of a µs; 0 = unknown
    uint8_t he_ltf;            // HE: 1, 2, 4 times the shortest long training field; 0 = unknown
    int8_t noise;              // dBm on the tuned channel; RADIO_RSSI_UNKNOWN or 0 = none stated
    uint8_t reserved[4];       // 0
};

// BSS Load of one AP; the last four bytes of the Link record.
struct radio_bss_load {
    uint16_t stations;   // RADIO_U16_UNKNOWN
    uint8_t utilization; // 0–255 = 0–100 %; unknown when age_s is
    uint8_t age_s;       // 0–254; RADIO_U8_UNKNOWN = no BSS Load known
};

// Mutual exclusion between the receiver and the readers. Never nested; held for one frame's or one read's bookkeeping.
struct radio_lock {
    void (*enter)(void *context);
    void (*leave)(void *context);
    void *context;
};

struct radio_core;

// Bytes to reserve for a struct radio_core (aligned as uint64_t).
RADIO_API size_t radio_core_size(void);

// Makes the core empty. `lock` is copied; null = one thread only.
RADIO_API void radio_core_init(struct radio_core *core, const struct radio_lock *lock);

// Takes one received frame, from its frame control field on. The bytes are not kept.
RADIO_API void radio_core_frame(struct radio_core *core, const struct radio_frame_info *info, const uint8_t *frame,
                                uint32_t length);

// Whether the airtime of a frame that calls for an acknowledgement holds SIFS and that acknowledgement too. For receivers
// that do not hand over control frames; of those that do, Ack and BlockAck then add nothing themselves. Off after init.
RADIO_API void radio_core_count_responses(struct radio_core *core, int on);

// Adds `us` microseconds of listening on a channel. A channel that has no accumulator is ignored.
RADIO_API void radio_core_dwell(struct radio_core *core, uint8_t channel, uint32_t us);

// Writes a Channel record for each channel with dwell, frames or errors, ascending, and returns how many.
// `capacity` is in bytes. With `clear` not 0 the next window starts; RADIO_BUFFER_TOO_SMALL clears nothing.
RADIO_API int radio_core_read_channels(struct radio_core *core, uint8_t *buffer, int capacity, int clear);

// Writes an Ap record for each AP heard within RADIO_AP_MAX_AGE_S, in no order, and returns how many.
RADIO_API int radio_core_read_aps(struct radio_core *core, uint8_t *buffer, int capacity, uint64_t now_us);

// Writes the Ap record of the AP that lost its place in the table last. Returns 1, 0 = none did, or RADIO_BUFFER_TOO_SMALL.
RADIO_API int radio_core_read_evicted(struct radio_core *core, uint8_t *buffer, int capacity, uint64_t now_us);

// Finds the newest BSS Load of one AP. Returns 1, or 0 and the unknown values.
RADIO_API int radio_core_bss_load(struct radio_core *core, const uint8_t bssid[6], uint64_t now_us,
                                  struct radio_bss_load *load);

// Writes the Totals record and returns its size.
RADIO_API int radio_core_read_totals(struct radio_core *core, uint8_t *buffer, int capacity);

#ifdef __cplusplus
}
#endif

#endif
