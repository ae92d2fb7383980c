// What a target provides beneath the native assembly: a radio core that frames flow into, and what only its driver knows.
// radio_native.c makes the records of ABI 1 from it. Called from the CLR's thread only; no call may block for long.
#ifndef RADIO_PORT_H
#define RADIO_PORT_H

#include "radio_core.h"

#ifdef __cplusplus
extern "C" {
#endif

// Results beside RADIO_BUFFER_TOO_SMALL. From RADIO_DRIVER_ERROR downwards: −(1000 + the driver's own number).
enum radio_status {
    RADIO_OK = 0,
    RADIO_BUSY = -2,
    RADIO_NOT_CONNECTED = -3,
    RADIO_UNSUPPORTED = -4,
    RADIO_DRIVER_ERROR = -1000,
};

// Bits of the Caps record.
enum radio_capability {
    RADIO_CAN_LINK = 1,
    RADIO_CAN_DWELL = 2,
    RADIO_CAN_AIRTIME = 4,
    RADIO_CAN_BSS_LOAD = 8,
    RADIO_CAN_5G = 16,
    RADIO_CAN_WATCHDOG = 32,
    RADIO_CAN_FRESH_STATION_RSSI = 64,
};

struct radio_caps {
    uint32_t bits;     // radio_capability
    uint32_t mask_2g;  // channels that may be visited: bit n = channel n
    uint32_t mask_5g;  // bit k = k-th of the 28 channels, from 1
    uint8_t chip;      // the vendor's number
    uint8_t stations_max;
};

struct radio_link {
    uint8_t is_connected;
    int8_t rssi;           // dBm, of the last beacon; RADIO_RSSI_UNKNOWN
    uint8_t channel;
    uint8_t second;        // of 40 MHz: 0 none, 1 above, 2 below
    uint8_t bssid[6];
    uint8_t phy;           // as in the Ap record
    uint8_t bandwidth_mhz;
    int8_t noise;          // dBm; RADIO_RSSI_UNKNOWN
    uint8_t last_reason;   // IEEE reason code or the driver's, why the link was lost last; 0 = it never was
    uint16_t disconnects;  // links lost since boot, modulo 2^16
    uint32_t uptime_ms;    // of this link, at most 2^32 − 1: 49 days
};

struct radio_station {
    uint8_t mac[6];
    int8_t rssi;
    uint8_t phy; // as in the Ap record
};

struct radio_health {
    uint8_t reset_reason; // esp_reset_reason_t; 0 = unknown
    uint8_t wakeup;       // esp_sleep_wakeup_cause_t; 0 = none
    uint32_t internal_free, internal_largest, internal_least; // bytes
    uint32_t psram_free;
};

// The core. The first call makes it and begins to listen; one that could not yet begin tries again at the next.
struct radio_core *radio_port_core(void);

// Monotonic, since boot; the clock of the frames' time stamps.
uint64_t radio_port_now_us(void);

// Adds the listening time up to now to the core's channels. Before a read of them.
void radio_port_settle(void);

void radio_port_caps(struct radio_caps *caps);

// RADIO_OK also without a link: then is_connected is 0.
int radio_port_link(struct radio_link *link);

// Stations of the own access point, at most `capacity`. RADIO_UNSUPPORTED: there is none.
int radio_port_stations(struct radio_station *stations, int capacity);

int radio_port_health(struct radio_health *health);

// Starts a passive visit of a channel and returns at once.
int radio_port_begin_dwell(int channel, int milliseconds);

int radio_port_feed_watchdog(int milliseconds);

#ifdef __cplusplus
}
#endif

#endif
