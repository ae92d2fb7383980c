// radio_port.h for the ESP32 family.
#include "dwell.h"
#include "esp_chip_info.h"
#include "esp_timer.h"
#include "esp_wifi.h"
#include "radio_port.h"
#include "receiver.h"
#include "wifi.h"

#include <string.h>

#define EVERYWHERE_2G UINT32_C(0x0FFE) // 1–11
#define ALL_2G UINT32_C(0x7FFE) // 1–14
#define ALL_5G UINT32_C(0x1FFFFFFE) // 28 channels from bit 1, as wifi_5g_channel_bit_t counts

static uint8_t is_initialised;
static uint8_t is_following;

struct radio_core *radio_port_core(void)
{
    if (!is_initialised) {
        receiver_init();
        is_initialised = 1;
    }
    if (!is_following) {
        is_following = wifi_follow() == ESP_OK;
    }
    return receiver_core();
}

uint64_t radio_port_now_us(void)
{
    return (uint64_t)esp_timer_get_time();
}

void radio_port_settle(void)
{
    wifi_settle(radio_port_now_us());
}

static uint32_t mask_2g(const wifi_country_t *country)
{
    uint32_t mask = 0;
    for (unsigned channel = country->schan; channel < (unsigned)country->schan + country->nchan; channel++) {
        mask |= channel <= RADIO_CHANNELS_2G ? UINT32_C(1) << channel & ALL_2G : 0;
    }
    return mask != 0 ? mask : EVERYWHERE_2G;
}

// The channels of the country, as the driver knows it now: it refuses others. Without Wi-Fi it knows none; with a link it is that
// of the AP, unless one was set.
static void set_masks(struct radio_caps *caps)
{
    wifi_country_t country;
    int is_known = esp_wifi_get_country(&country) == ESP_OK;
    caps->mask_2g = is_known ? mask_2g(&country) : EVERYWHERE_2G;
#if CONFIG_SOC_WIFI_SUPPORT_5G
    int is_masked = is_known && country.policy == WIFI_COUNTRY_POLICY_MANUAL && country.wifi_5g_channel_mask != 0;
    caps->mask_5g = is_masked ? country.wifi_5g_channel_mask & ALL_5G : ALL_5G;
#endif
}

void radio_port_caps(struct radio_caps *caps)
{
    esp_chip_info_t chip;
    esp_chip_info(&chip);
    memset(caps, 0, sizeof *caps);
    caps->chip = (uint8_t)chip.model;
    caps->stations_max = ESP_WIFI_MAX_CONN_NUM;
    caps->bits = RADIO_CAN_LINK | RADIO_CAN_DWELL | RADIO_CAN_AIRTIME | RADIO_CAN_BSS_LOAD | RADIO_CAN_WATCHDOG |
                 RADIO_CAN_FRESH_STATION_RSSI;
#if CONFIG_SOC_WIFI_SUPPORT_5G
    caps->bits |= RADIO_CAN_5G;
#endif
    set_masks(caps);
}

static uint8_t phy_of(int b, int g, int n, int a, int ac, int ax)
{
    return (uint8_t)((b ? WIFI_PROTOCOL_11B : 0) | (g ? WIFI_PROTOCOL_11G : 0) | (n ? WIFI_PROTOCOL_11N : 0) |
                     (a ? WIFI_PROTOCOL_11A : 0) | (ac ? WIFI_PROTOCOL_11AC : 0) | (ax ? WIFI_PROTOCOL_11AX : 0));
}

static uint8_t bandwidth_mhz(uint8_t bandwidth)
{
    static const uint8_t mhz[] = {RADIO_U8_UNKNOWN, 20, 40, 80, 160, 160};
    return bandwidth < sizeof mhz ? mhz[bandwidth] : RADIO_U8_UNKNOWN;
}

// The RSSI of the last beacon; that of the AP's record may be as old as the scan that found it.
static int8_t fresh_rssi(const wifi_ap_record_t *ap)
{
    int rssi = 0;
    return esp_wifi_sta_get_rssi(&rssi) == ESP_OK ? (int8_t)rssi : ap->rssi;
}

static void set_connected(struct radio_link *link, const wifi_ap_record_t *ap, uint64_t connected_at_us)
{
    link->is_connected = 1;
    link->rssi = fresh_rssi(ap);
    link->channel = ap->primary;
    link->second = (uint8_t)ap->second;
    memcpy(link->bssid, ap->bssid, sizeof link->bssid);
    link->phy = phy_of(ap->phy_11b, ap->phy_11g, ap->phy_11n, ap->phy_11a, ap->phy_11ac, ap->phy_11ax);
    link->bandwidth_mhz = bandwidth_mhz(ap->bandwidth);
    uint64_t uptime_ms = (radio_port_now_us() - connected_at_us) / 1000;
    link->uptime_ms = uptime_ms < UINT32_MAX ? (uint32_t)uptime_ms : UINT32_MAX;
}

int radio_port_link(struct radio_link *link)
{
    wifi_ap_record_t ap;
    wifi_poll(radio_port_now_us());
    struct wifi_link_history history = wifi_link_history();
    memset(link, 0, sizeof *link);
    link->rssi = RADIO_RSSI_UNKNOWN;
    link->noise = RADIO_RSSI_UNKNOWN; // the Channel records have it
    link->last_reason = history.last_reason;
    link->disconnects = history.disconnects;
    if (esp_wifi_sta_get_ap_info(&ap) == ESP_OK) {
        set_connected(link, &ap, history.connected_at_us);
    }
    return RADIO_OK;
}

int radio_port_stations(struct radio_station *stations, int capacity)
{
    wifi_sta_list_t list;
    if (esp_wifi_ap_get_sta_list(&list) != ESP_OK) {
        return RADIO_UNSUPPORTED; // no access point of our own
    }
    int count = list.num < capacity ? list.num : capacity;
    for (int i = 0; i < count; i++) {
        const wifi_sta_info_t *sta = &list.sta[i];
        memcpy(stations[i].mac, sta->mac, sizeof stations[i].mac);
        stations[i].rssi = sta->rssi;
        stations[i].phy = phy_of(sta->phy_11b, sta->phy_11g, sta->phy_11n, sta->phy_11a, sta->phy_11ac, sta->phy_11ax);
    }
    return count;
}

static int is_dwell(int channel, int milliseconds)
{
    return channel >= 1 && channel <= 177 && milliseconds >= DWELL_MIN_MS && milliseconds <= DWELL_MAX_MS;
}

int radio_port_begin_dwell(int channel, int milliseconds)
{
    if (!is_dwell(channel, milliseconds)) {
        return RADIO_UNSUPPORTED;
    }
    return wifi_begin_dwell((uint8_t)channel, (uint32_t)milliseconds, radio_port_now_us());
}
