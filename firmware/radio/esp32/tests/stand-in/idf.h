// The tests' side of the stand-ins: a driver that does what it is told and can be asked what that was.
#ifndef IDF_H
#define IDF_H

#include "esp_chip_info.h"
#include "esp_sleep.h"
#include "esp_system.h"
#include "esp_timer.h"
#include "esp_wifi.h"

struct idf {
    // Set by tests.
    int64_t now_us;
    int is_initialised, is_started;
    int is_connecting;
    int lacks_event_loop;
    esp_err_t promiscuous_error, ps_error, scan_error, timer_error;
    wifi_mode_t mode;
    wifi_country_t country;
    wifi_ap_record_t ap; // primary 0 = not connected
    int beacon_rssi;     // 0 = none received
    wifi_sta_list_t stations;
    esp_chip_model_t chip;
    esp_reset_reason_t reset_reason;

    // Seen by tests.
    int is_promiscuous, is_scanning;
    uint32_t filter;
    wifi_promiscuous_cb_t callback;
    wifi_scan_config_t scan;
    wifi_ps_type_t ps;
    int scans, second_scans, scan_stops, arms;
    int lists_cleared, lists_cleared_in_a_scan;
    esp_timer_cb_t timer_callback;
    uint64_t timer_us; // 0 = stopped
    int restarts;
    int driver_calls_in_critical_section;
};

extern struct idf idf;

// Everything off, ten seconds later; mode STA.
void idf_reset(void);

// What the driver does by itself, each with the event that it posts; delivered at once.
void idf_start(void);
void idf_stop(void);
void idf_connect(uint8_t channel);
void idf_disconnect(uint8_t reason);
void idf_end_scan(uint32_t status);
void idf_scan_for_the_app(void); // gives up a scan that runs
void idf_post(int32_t id, void *data);

// A frame of `length` bytes without FCS, with what the receiver says of it but for its length.
void idf_receive(const wifi_pkt_rx_ctrl_t *rx, wifi_promiscuous_pkt_type_t type, const uint8_t *bytes, uint32_t length);

#endif
