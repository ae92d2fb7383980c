// The methods of GatewayAgent.Radio.Native.V1 in C, in its order. A result ≥ 0 is a number of records or bytes; negative ones:
// RADIO_BUFFER_TOO_SMALL, and radio_status of radio_port.h.
#ifndef RADIO_NATIVE_H
#define RADIO_NATIVE_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Sizes in bytes; the others stand in radio_core.h.
#define RADIO_CAPS_RECORD 16
#define RADIO_LINK_RECORD 24
#define RADIO_STATION_RECORD 8
#define RADIO_HEALTH_RECORD 28

// The most that any ESP32 serves (ESP_WIFI_MAX_CONN_NUM).
#define RADIO_STATIONS_MAX 15

int radio_native_get_caps(uint8_t *record, int capacity);
int radio_native_get_link(uint8_t *record, int capacity);
int radio_native_get_stations(uint8_t *records, int capacity);
int radio_native_take_channels(uint8_t *records, int capacity);
int radio_native_get_totals(uint8_t *record, int capacity);
int radio_native_get_health(uint8_t *record, int capacity);
int radio_native_begin_dwell(int channel, int milliseconds);
int radio_native_feed_watchdog(int milliseconds);

#ifdef __cplusplus
}
#endif

#endif
