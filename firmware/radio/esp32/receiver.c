#include "receiver.h"

#include "freertos/FreeRTOS.h"
#include "esp_timer.h"
#include "esp_wifi.h"
#include "radio_state.h"
#include "rx_ampdu.h"
#include "wifi.h"

static struct radio_core core;
static portMUX_TYPE core_mux = portMUX_INITIALIZER_UNLOCKED;
static struct rx_ampdu ampdu; // the driver's task only

static void enter(void *context)
{
    portENTER_CRITICAL((portMUX_TYPE *)context);
}

static void leave(void *context)
{
    portEXIT_CRITICAL((portMUX_TYPE *)context);
}

struct radio_core *receiver_core(void)
{
    return &core;
}

void receiver_init(void)
{
    const struct radio_lock lock = {enter, leave, &core_mux};
    radio_core_init(&core, &lock);
    radio_core_count_responses(&core, 1); // the MAC answers by itself: acknowledgements are not handed over
}

// Frames of MIMO that the chip cannot demodulate come without payload (WIFI_PKT_MISC), others' errors not at all.
static void on_frame(void *buffer, wifi_promiscuous_pkt_type_t type)
{
    struct rx_frame frame;
    if (type != WIFI_PKT_MGMT && type != WIFI_PKT_DATA) {
        return;
    }
    rx_info_read(&frame, buffer);
    frame.info.timestamp_us = (uint64_t)esp_timer_get_time();
    if (frame.info.channel == 0) {
        frame.info.channel = wifi_tuned_channel(frame.info.timestamp_us);
    }
    rx_ampdu_mark(&ampdu, &frame);
    radio_core_frame(&core, &frame.info, frame.bytes, frame.length);
}

esp_err_t receiver_arm(void)
{
    const wifi_promiscuous_filter_t filter = {
        .filter_mask = WIFI_PROMIS_FILTER_MASK_MGMT | WIFI_PROMIS_FILTER_MASK_DATA,
    };
    esp_err_t error = esp_wifi_set_promiscuous_filter(&filter);
    if (error == ESP_OK) {
        error = esp_wifi_set_promiscuous_rx_cb(on_frame);
    }
    return error == ESP_OK ? esp_wifi_set_promiscuous(true) : error;
}
