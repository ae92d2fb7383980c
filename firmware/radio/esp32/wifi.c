// Events come in the event task, requests in the CLR's. Both change the state within the critical section and then, outside
// of it, do what follows: a driver call may wait for the driver's task, and must not be waited for.
#include "wifi.h"

#include <string.h>

#include "dwell.h"
#include "esp_event.h"
#include "esp_timer.h"
#include "esp_wifi.h"
#include "freertos/FreeRTOS.h"
#include "listening.h"
#include "radio_port.h"
#include "receiver.h"

static portMUX_TYPE mux = portMUX_INITIALIZER_UNLOCKED;
static struct dwell dwell;
static struct listening listening;
static struct wifi_link_history history;
static uint8_t link_channel; // 0 = no link
static uint8_t is_awake;     // the receiver is not put to sleep between beacons

static void count(struct listened listened)
{
    for (int i = 0; i < 2; i++) {
        radio_core_dwell(receiver_core(), listened.channel[i], listened.us[i]);
    }
}

// Only while the receiver listens without a break does time at home count.
static struct listened update_home(uint64_t now_us)
{
    return listening_set_home(&listening, dwell.is_armed && is_awake ? link_channel : 0, now_us);
}

// With power save the receiver sleeps from beacon to beacon. A mesh node is on the mains, so that is switched off; where it must
// not be (Bluetooth shares the radio), time at home is not counted.
static void arm(void)
{
    int is_armed = receiver_arm() == ESP_OK;
    int could_wake = is_armed && esp_wifi_set_ps(WIFI_PS_NONE) == ESP_OK;
    portENTER_CRITICAL(&mux);
    dwell_armed(&dwell, is_armed);
    is_awake = could_wake ? 1 : 0;
    struct listened listened = update_home((uint64_t)esp_timer_get_time());
    portEXIT_CRITICAL(&mux);
    count(listened);
}

// The driver does not say whether it scans, and would give up a scan of the app's own for ours. But while it scans or connects,
// it refuses to change the defaults of scans. Nobody has changed them, so that setting them back only asks.
static int is_driver_busy(void)
{
    return esp_wifi_set_scan_parameters(NULL) == ESP_ERR_INVALID_STATE;
}

// What is not freed for a scan or a connection under way goes with the next dwell's.
static void forget_results(void)
{
    if (!is_driver_busy()) {
        esp_wifi_clear_ap_list();
    }
}

static void act(unsigned actions)
{
    if (actions & DWELL_CANCEL) {
        esp_wifi_scan_stop();
    }
    if (actions & DWELL_FORGET) {
        forget_results();
    }
    if (actions & DWELL_ARM) {
        arm();
    }
}

static void handle(enum dwell_event event, uint64_t now_us)
{
    portENTER_CRITICAL(&mux);
    unsigned actions = dwell_handle(&dwell, event, now_us);
    struct listened returned = {{0, 0}, {0, 0}};
    if (dwell.state != DWELL_AWAY) {
        returned = listening_return(&listening, now_us);
    }
    struct listened settled = update_home(now_us);
    portEXIT_CRITICAL(&mux);
    count(returned);
    count(settled);
    act(actions);
}

static void note_link(uint8_t channel, uint64_t now_us)
{
    portENTER_CRITICAL(&mux);
    link_channel = channel;
    history.connected_at_us = now_us;
    portEXIT_CRITICAL(&mux);
}

// Each attempt to connect again that fails is an event too, with a reason of its own: only the loss counts.
static void note_loss(uint8_t reason)
{
    portENTER_CRITICAL(&mux);
    if (link_channel != 0) {
        history.disconnects++;
        history.last_reason = reason;
    }
    link_channel = 0;
    portEXIT_CRITICAL(&mux);
}

static void note_channel(uint8_t channel, uint64_t now_us)
{
    portENTER_CRITICAL(&mux);
    link_channel = link_channel != 0 ? channel : 0;
    struct listened listened = update_home(now_us);
    portEXIT_CRITICAL(&mux);
    count(listened);
}

static void on_connected(const wifi_event_sta_connected_t *event, uint64_t now_us)
{
    note_link(event->channel, now_us);
    handle(DWELL_CONNECTED, now_us);
}

static void on_disconnected(const wifi_event_sta_disconnected_t *event, uint64_t now_us)
{
    note_loss(event->reason);
    handle(DWELL_DISCONNECTED, now_us);
}

static void on_stopped(uint64_t now_us)
{
    note_loss(WIFI_REASON_ASSOC_LEAVE);
    handle(DWELL_STOPPED, now_us);
}

static void on_scan_done(const wifi_event_sta_scan_done_t *event, uint64_t now_us)
{
    handle(event->status == 0 ? DWELL_SCAN_DONE : DWELL_SCAN_FAILED, now_us);
}

// Stands beside the runtime's own handler, which was there first, and takes nothing from it.
static void on_event(void *context, esp_event_base_t base, int32_t id, void *data)
{
    uint64_t now_us = (uint64_t)esp_timer_get_time();
    (void)context;
    (void)base;
    switch (id) {
    case WIFI_EVENT_STA_START:
        handle(DWELL_STARTED, now_us);
        break;
    case WIFI_EVENT_STA_STOP:
        on_stopped(now_us);
        break;
    case WIFI_EVENT_STA_CONNECTED:
        on_connected(data, now_us);
        break;
    case WIFI_EVENT_STA_DISCONNECTED:
        on_disconnected(data, now_us);
        break;
    case WIFI_EVENT_SCAN_DONE:
        on_scan_done(data, now_us);
        break;
    case WIFI_EVENT_HOME_CHANNEL_CHANGE:
        note_channel(((const wifi_event_home_channel_change_t *)data)->new_chan, now_us);
        break;
    default:
        break;
    }
}

esp_err_t wifi_follow(void)
{
    wifi_mode_t mode = WIFI_MODE_NULL;
    wifi_ap_record_t ap;
    esp_err_t error = esp_event_handler_instance_register(WIFI_EVENT, ESP_EVENT_ANY_ID, on_event, NULL, NULL);
    if (error != ESP_OK) {
        return error;
    }
    // What happened before has no event any more.
    if (esp_wifi_get_mode(&mode) == ESP_OK && (mode == WIFI_MODE_STA || mode == WIFI_MODE_APSTA)) {
        handle(DWELL_STARTED, (uint64_t)esp_timer_get_time());
    }
    if (esp_wifi_sta_get_ap_info(&ap) == ESP_OK) {
        uint64_t now_us = (uint64_t)esp_timer_get_time();
        note_link(ap.primary, now_us);
        handle(DWELL_CONNECTED, now_us);
    }
    return ESP_OK;
}

uint8_t wifi_tuned_channel(uint64_t now_us)
{
    portENTER_CRITICAL(&mux);
    uint8_t channel = listening_channel(&listening, now_us);
    channel = channel != 0 ? channel : link_channel;
    portEXIT_CRITICAL(&mux);
    return channel;
}

void wifi_settle(uint64_t now_us)
{
    portENTER_CRITICAL(&mux);
    struct listened listened = listening_settle(&listening, now_us);
    portEXIT_CRITICAL(&mux);
    count(listened);
}

void wifi_poll(uint64_t now_us)
{
    portENTER_CRITICAL(&mux);
    unsigned actions = dwell_poll(&dwell, now_us);
    portEXIT_CRITICAL(&mux);
    act(actions);
}

static esp_err_t start_scan(uint8_t channel, uint32_t milliseconds)
{
    wifi_scan_config_t scan;
    memset(&scan, 0, sizeof scan);
    scan.channel = channel;
    scan.show_hidden = true;
    scan.scan_type = WIFI_SCAN_TYPE_PASSIVE;
    scan.scan_time.passive = milliseconds;
    return esp_wifi_scan_start(&scan, false);
}

static void refuse(uint64_t now_us)
{
    portENTER_CRITICAL(&mux);
    dwell_refused(&dwell);
    listening.away_until_us = 0; // nobody was there
    struct listened listened = listening_return(&listening, now_us);
    portEXIT_CRITICAL(&mux);
    count(listened);
}

static int status_of(esp_err_t error)
{
    switch (error) {
    case ESP_OK:
        return RADIO_OK;
    case ESP_ERR_WIFI_STATE: // it connects, or scans for the app
        return RADIO_BUSY;
    default:
        return RADIO_DRIVER_ERROR - error;
    }
}

static int leave_home(uint8_t channel, uint32_t milliseconds, uint64_t now_us)
{
    esp_err_t error = is_driver_busy() ? ESP_ERR_WIFI_STATE : start_scan(channel, milliseconds);
    if (error != ESP_OK) {
        refuse(now_us);
    }
    return status_of(error);
}

int wifi_begin_dwell(uint8_t channel, uint32_t milliseconds, uint64_t now_us)
{
    unsigned actions = 0;
    struct listened listened = {{0, 0}, {0, 0}};
    portENTER_CRITICAL(&mux);
    enum dwell_answer answer = dwell_begin(&dwell, milliseconds, now_us, &actions);
    if (answer == DWELL_BEGINS) {
        listened = listening_leave(&listening, channel, milliseconds, now_us);
    }
    portEXIT_CRITICAL(&mux);
    count(listened);
    act(actions);
    switch (answer) {
    case DWELL_BEGINS:
        return leave_home(channel, milliseconds, now_us);
    case DWELL_IS_BUSY:
        return RADIO_BUSY;
    default:
        return RADIO_NOT_CONNECTED;
    }
}

struct wifi_link_history wifi_link_history(void)
{
    portENTER_CRITICAL(&mux);
    struct wifi_link_history copy = history;
    portEXIT_CRITICAL(&mux);
    return copy;
}
