#include "radio_native.h"

#include <string.h>

#include "radio_port.h"

static void put16(uint8_t *p, uint16_t value)
{
    p[0] = (uint8_t)value;
    p[1] = (uint8_t)(value >> 8);
}

static void put32(uint8_t *p, uint32_t value)
{
    put16(p, (uint16_t)value);
    put16(p + 2, (uint16_t)(value >> 16));
}

static uint32_t frames_offered(void)
{
    uint8_t totals[RADIO_TOTALS_RECORD];
    radio_core_read_totals(radio_port_core(), totals, sizeof totals);
    return (uint32_t)totals[0] | (uint32_t)totals[1] << 8 | (uint32_t)totals[2] << 16 | (uint32_t)totals[3] << 24;
}

int radio_native_get_caps(uint8_t *record, int capacity)
{
    struct radio_caps caps = {0};
    if (capacity < RADIO_CAPS_RECORD) {
        return RADIO_BUFFER_TOO_SMALL;
    }
    radio_port_core();
    radio_port_caps(&caps);
    put16(record, RADIO_ABI);
    record[2] = caps.chip;
    record[3] = caps.stations_max;
    put32(record + 4, caps.bits);
    put32(record + 8, caps.mask_2g);
    put32(record + 12, caps.mask_5g);
    return RADIO_CAPS_RECORD;
}

static void put_link(uint8_t *record, const struct radio_link *link, const struct radio_bss_load *load)
{
    record[0] = link->is_connected;
    record[1] = (uint8_t)link->rssi;
    record[2] = link->channel;
    record[3] = link->second;
    memcpy(record + 4, link->bssid, sizeof link->bssid);
    record[10] = link->phy;
    record[11] = link->bandwidth_mhz;
    record[12] = (uint8_t)link->noise;
    record[13] = link->last_reason;
    put16(record + 14, link->disconnects);
    put32(record + 16, link->uptime_ms);
    put16(record + 20, load->stations);
    record[22] = load->utilization;
    record[23] = load->age_s;
}

int radio_native_get_link(uint8_t *record, int capacity)
{
    struct radio_link link = {.rssi = RADIO_RSSI_UNKNOWN, .noise = RADIO_RSSI_UNKNOWN};
    struct radio_bss_load load = {RADIO_U16_UNKNOWN, RADIO_U8_UNKNOWN, RADIO_U8_UNKNOWN};
    struct radio_core *core = radio_port_core();
    if (capacity < RADIO_LINK_RECORD) {
        return RADIO_BUFFER_TOO_SMALL;
    }
    int status = radio_port_link(&link);
    if (status < 0) {
        return status;
    }
    if (link.is_connected) {
        radio_core_bss_load(core, link.bssid, radio_port_now_us(), &load);
    }
    put_link(record, &link, &load);
    return RADIO_LINK_RECORD;
}

int radio_native_get_stations(uint8_t *records, int capacity)
{
    struct radio_station stations[RADIO_STATIONS_MAX];
    int count = radio_port_stations(stations, RADIO_STATIONS_MAX);
    if (count > 0 && capacity / RADIO_STATION_RECORD < count) {
        return RADIO_BUFFER_TOO_SMALL;
    }
    for (int i = 0; i < count; i++) {
        uint8_t *record = records + i * RADIO_STATION_RECORD;
        memcpy(record, stations[i].mac, sizeof stations[i].mac);
        record[6] = (uint8_t)stations[i].rssi;
        record[7] = stations[i].phy;
    }
    return count;
}

int radio_native_take_channels(uint8_t *records, int capacity)
{
    struct radio_core *core = radio_port_core();
    radio_port_settle();
    return radio_core_read_channels(core, records, capacity, 1);
}

int radio_native_get_totals(uint8_t *record, int capacity)
{
    return radio_core_read_totals(radio_port_core(), record, capacity);
}

int radio_native_get_health(uint8_t *record, int capacity)
{
    struct radio_health health = {0};
    if (capacity < RADIO_HEALTH_RECORD) {
        return RADIO_BUFFER_TOO_SMALL;
    }
    int status = radio_port_health(&health);
    if (status < 0) {
        return status;
    }
    record[0] = health.reset_reason;
    record[1] = health.wakeup;
    put16(record + 2, 0);
    put32(record + 4, health.internal_free);
    put32(record + 8, health.internal_largest);
    put32(record + 12, health.internal_least);
    put32(record + 16, health.psram_free);
    put32(record + 20, frames_offered());
    put32(record + 24, (uint32_t)(radio_port_now_us() / 1000000));
    return RADIO_HEALTH_RECORD;
}

int radio_native_begin_dwell(int channel, int milliseconds)
{
    radio_port_core();
    return radio_port_begin_dwell(channel, milliseconds);
}

int radio_native_feed_watchdog(int milliseconds)
{
    return radio_port_feed_watchdog(milliseconds);
}
