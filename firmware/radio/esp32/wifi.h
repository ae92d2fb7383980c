// The driver's events, and what they and the requests of the managed side make of the dwell and of the link.
#ifndef WIFI_H
#define WIFI_H

#include <stdint.h>

#include "esp_err.h"

// Begins to follow the driver, whatever state it is in. An error: not yet possible.
esp_err_t wifi_follow(void);

// Channel of a frame that arrives now; 0 = unknown.
uint8_t wifi_tuned_channel(uint64_t now_us);

// Adds the time listened so far to the core's channels.
void wifi_settle(uint64_t now_us);

// Re-arms the receiver and ends a lost dwell, if need be. About once a second.
void wifi_poll(uint64_t now_us);

// A radio_status.
int wifi_begin_dwell(uint8_t channel, uint32_t milliseconds, uint64_t now_us);

// What events alone tell of the link.
struct wifi_link_history {
    uint64_t connected_at_us;
    uint16_t disconnects;
    uint8_t last_reason;
};

struct wifi_link_history wifi_link_history(void);

#endif
