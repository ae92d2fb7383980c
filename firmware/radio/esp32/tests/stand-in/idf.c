#include "idf.h"

#include <stdlib.h>
#include <string.h>

#include "esp_heap_caps.h"
#include "freertos/FreeRTOS.h"

struct idf idf;
esp_event_base_t const WIFI_EVENT = "WIFI_EVENT";

// One handler: it is registered once for good, as on a chip, and survives idf_reset.
static esp_event_handler_t handler;
static _Thread_local int depth;

void idf_enter_critical(portMUX_TYPE *mux)
{
    pthread_mutex_lock(mux);
    depth++;
}

void idf_exit_critical(portMUX_TYPE *mux)
{
    depth--;
    pthread_mutex_unlock(mux);
}

// The driver serves one call at a time.
static pthread_mutex_t driver = PTHREAD_MUTEX_INITIALIZER;

static int begin_call(void)
{
    pthread_mutex_lock(&driver);
    if (depth != 0) {
        idf.driver_calls_in_critical_section++;
    }
    return 1;
}

static void end_call(const int *call)
{
    (void)call;
    pthread_mutex_unlock(&driver);
}

// For the rest of the function.
#define DRIVER_CALL() __attribute__((cleanup(end_call))) const int call = begin_call()

void idf_reset(void)
{
    int64_t now_us = idf.now_us;
    memset(&idf, 0, sizeof idf);
    idf.now_us = now_us + 10000000;
    idf.mode = WIFI_MODE_STA;
    idf.country.schan = 1;
    idf.country.nchan = 13;
    idf.ps = WIFI_PS_MIN_MODEM;
}

void idf_post(int32_t id, void *data)
{
    if (handler) {
        handler(NULL, WIFI_EVENT, id, data);
    }
}

void idf_start(void)
{
    idf.is_initialised = 1;
    idf.is_started = 1;
    idf_post(WIFI_EVENT_STA_START, NULL);
}

void idf_stop(void)
{
    idf.is_initialised = idf.is_started = idf.is_promiscuous = idf.is_scanning = 0;
    idf.callback = NULL;
    idf.ap.primary = 0;
    idf.ps = WIFI_PS_MIN_MODEM;
    idf_post(WIFI_EVENT_STA_STOP, NULL);
}

void idf_connect(uint8_t channel)
{
    wifi_event_sta_connected_t event = {.channel = channel};
    idf.is_connecting = 0;
    idf.ap.primary = channel;
    idf_post(WIFI_EVENT_STA_CONNECTED, &event);
}

void idf_disconnect(uint8_t reason)
{
    wifi_event_sta_disconnected_t event = {.reason = reason};
    idf.ap.primary = 0;
    idf.is_connecting = 1;
    idf_post(WIFI_EVENT_STA_DISCONNECTED, &event);
}

static void stop_scan_quietly(void)
{
    DRIVER_CALL();
    idf.is_scanning = 0;
}

void idf_end_scan(uint32_t status)
{
    wifi_event_sta_scan_done_t event = {.status = status};
    stop_scan_quietly();
    idf_post(WIFI_EVENT_SCAN_DONE, &event);
}

void idf_scan_for_the_app(void)
{
    if (idf.is_scanning) {
        idf_end_scan(0);
    }
    idf.is_scanning = 1;
}

void idf_receive(const wifi_pkt_rx_ctrl_t *rx, wifi_promiscuous_pkt_type_t type, const uint8_t *bytes, uint32_t length)
{
    if (!idf.callback || !idf.is_promiscuous) {
        return;
    }
    // Exactly as many bytes as there are, FCS included, so that reading past them is found.
    wifi_promiscuous_pkt_t *packet = malloc(sizeof *packet + length + 4);
    packet->rx_ctrl = *rx;
    packet->rx_ctrl.sig_len = (length + 4) & 0xFFFu;
#if CONFIG_SOC_WIFI_HE_SUPPORT
    packet->rx_ctrl.dump_len = length & 0xFFFu;
#endif
    memcpy(packet->payload, bytes, length);
    memset(packet->payload + length, 0xFC, 4);
    idf.callback(packet, type);
    free(packet);
}

esp_err_t esp_event_handler_instance_register(esp_event_base_t event_base, int32_t event_id,
                                              esp_event_handler_t event_handler, void *event_handler_arg,
                                              esp_event_handler_instance_t *instance)
{
    (void)event_base, (void)event_id, (void)event_handler_arg, (void)instance;
    if (idf.lacks_event_loop) {
        return ESP_ERR_INVALID_STATE;
    }
    handler = event_handler;
    return ESP_OK;
}

esp_err_t esp_wifi_get_mode(wifi_mode_t *mode)
{
    DRIVER_CALL();
    *mode = idf.mode;
    return idf.is_initialised ? ESP_OK : ESP_ERR_WIFI_NOT_INIT;
}

esp_err_t esp_wifi_get_country(wifi_country_t *country)
{
    *country = idf.country;
    return idf.is_initialised ? ESP_OK : ESP_ERR_WIFI_NOT_INIT;
}

esp_err_t esp_wifi_set_ps(wifi_ps_type_t type)
{
    DRIVER_CALL();
    if (idf.ps_error == ESP_OK) {
        idf.ps = type;
    }
    return idf.ps_error;
}

esp_err_t esp_wifi_set_scan_parameters(const wifi_scan_default_params_t *config)
{
    DRIVER_CALL();
    (void)config;
    if (!idf.is_started) {
        return ESP_FAIL;
    }
    return idf.is_scanning || idf.is_connecting ? ESP_ERR_INVALID_STATE : ESP_OK;
}

esp_err_t esp_wifi_scan_start(const wifi_scan_config_t *config, bool block)
{
    DRIVER_CALL();
    (void)block;
    if (!idf.is_started) {
        return ESP_ERR_WIFI_NOT_STARTED;
    }
    if (idf.is_connecting) {
        return ESP_ERR_WIFI_STATE;
    }
    idf.second_scans += idf.is_scanning; // the driver gives up the first for the second
    if (idf.scan_error != ESP_OK) {
        return idf.scan_error;
    }
    idf.scan = *config;
    idf.is_scanning = 1;
    idf.scans++;
    return ESP_OK;
}

static int stop_scan(void)
{
    DRIVER_CALL();
    int was_scanning = idf.is_scanning;
    idf.is_scanning = 0;
    idf.scan_stops++;
    return was_scanning;
}

esp_err_t esp_wifi_scan_stop(void)
{
    if (stop_scan()) {
        idf_end_scan(1);
    }
    return ESP_OK;
}

esp_err_t esp_wifi_clear_ap_list(void)
{
    DRIVER_CALL();
    idf.lists_cleared++;
    idf.lists_cleared_in_a_scan += idf.is_scanning || idf.is_connecting;
    return ESP_OK;
}

esp_err_t esp_wifi_sta_get_ap_info(wifi_ap_record_t *ap_info)
{
    DRIVER_CALL();
    *ap_info = idf.ap;
    return idf.ap.primary ? ESP_OK : ESP_ERR_WIFI_NOT_CONNECT;
}

esp_err_t esp_wifi_sta_get_rssi(int *rssi)
{
    DRIVER_CALL();
    *rssi = idf.beacon_rssi;
    return idf.beacon_rssi ? ESP_OK : ESP_FAIL;
}

esp_err_t esp_wifi_ap_get_sta_list(wifi_sta_list_t *sta)
{
    *sta = idf.stations;
    return idf.mode == WIFI_MODE_APSTA ? ESP_OK : ESP_ERR_WIFI_MODE;
}

esp_err_t esp_wifi_set_promiscuous_rx_cb(wifi_promiscuous_cb_t cb)
{
    DRIVER_CALL();
    idf.callback = idf.is_initialised ? cb : NULL;
    return idf.is_initialised ? ESP_OK : ESP_ERR_WIFI_NOT_INIT;
}

esp_err_t esp_wifi_set_promiscuous(bool en)
{
    DRIVER_CALL();
    if (!idf.is_initialised) {
        return ESP_ERR_WIFI_NOT_INIT;
    }
    if (idf.promiscuous_error == ESP_OK) {
        idf.is_promiscuous = en;
        idf.arms++;
    }
    return idf.promiscuous_error;
}

esp_err_t esp_wifi_set_promiscuous_filter(const wifi_promiscuous_filter_t *filter)
{
    DRIVER_CALL();
    idf.filter = filter->filter_mask;
    return idf.is_initialised ? ESP_OK : ESP_ERR_WIFI_NOT_INIT;
}

void esp_chip_info(esp_chip_info_t *out_info)
{
    out_info->model = idf.chip;
}

size_t heap_caps_get_free_size(uint32_t caps)
{
    return caps == MALLOC_CAP_SPIRAM ? 4000000 : 123456;
}

size_t heap_caps_get_largest_free_block(uint32_t caps)
{
    return caps == MALLOC_CAP_INTERNAL ? 65432 : 0;
}

size_t heap_caps_get_minimum_free_size(uint32_t caps)
{
    return caps == MALLOC_CAP_INTERNAL ? 54321 : 0;
}

esp_sleep_wakeup_cause_t esp_sleep_get_wakeup_cause(void)
{
    return ESP_SLEEP_WAKEUP_TIMER;
}

esp_reset_reason_t esp_reset_reason(void)
{
    return idf.reset_reason;
}

void esp_restart(void)
{
    idf.restarts++;
}

struct esp_timer {
    int is_made;
};

static struct esp_timer the_timer;

esp_err_t esp_timer_create(const esp_timer_create_args_t *create_args, esp_timer_handle_t *out_handle)
{
    if (idf.timer_error != ESP_OK) {
        return idf.timer_error;
    }
    idf.timer_callback = create_args->callback;
    the_timer.is_made = 1;
    *out_handle = &the_timer;
    return ESP_OK;
}

esp_err_t esp_timer_start_once(esp_timer_handle_t timer, uint64_t timeout_us)
{
    (void)timer;
    if (idf.timer_us != 0) {
        return ESP_ERR_INVALID_STATE;
    }
    idf.timer_us = timeout_us;
    return ESP_OK;
}

esp_err_t esp_timer_stop(esp_timer_handle_t timer)
{
    (void)timer;
    esp_err_t error = idf.timer_us != 0 ? ESP_OK : ESP_ERR_INVALID_STATE;
    idf.timer_us = 0;
    return error;
}

int64_t esp_timer_get_time(void)
{
    return idf.now_us;
}
