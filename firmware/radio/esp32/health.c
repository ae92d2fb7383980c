// Memory, the cause of the last reset, and the watchdog that causes one.
#include "esp_attr.h"
#include "esp_heap_caps.h"
#include "esp_sleep.h"
#include "esp_system.h"
#include "esp_timer.h"
#include "radio_port.h"

#define WATCHDOG_MARK UINT32_C(0x57A7C4D0)

// Survives the restart, which by itself could not be told from one that the app asked for.
static RTC_NOINIT_ATTR uint32_t restarted_by_watchdog;
static esp_timer_handle_t watchdog;
static uint8_t reset_reason;

static uint8_t read_reset_reason(void)
{
    esp_reset_reason_t reason = esp_reset_reason();
    int by_watchdog = reason == ESP_RST_SW && restarted_by_watchdog == WATCHDOG_MARK;
    restarted_by_watchdog = 0;
    return (uint8_t)(by_watchdog ? ESP_RST_WDT : reason);
}

int radio_port_health(struct radio_health *health)
{
    if (reset_reason == 0) {
        reset_reason = read_reset_reason();
    }
    health->reset_reason = reset_reason;
    health->wakeup = (uint8_t)esp_sleep_get_wakeup_cause();
    health->internal_free = (uint32_t)heap_caps_get_free_size(MALLOC_CAP_INTERNAL);
    health->internal_largest = (uint32_t)heap_caps_get_largest_free_block(MALLOC_CAP_INTERNAL);
    health->internal_least = (uint32_t)heap_caps_get_minimum_free_size(MALLOC_CAP_INTERNAL);
    health->psram_free = (uint32_t)heap_caps_get_free_size(MALLOC_CAP_SPIRAM);
    return RADIO_OK;
}

// In the timer task, which runs however long the CLR is held up.
static void bite(void *context)
{
    (void)context;
    restarted_by_watchdog = WATCHDOG_MARK;
    esp_restart();
}

static esp_err_t make_watchdog(void)
{
    const esp_timer_create_args_t args = {.callback = bite, .name = "agent-watchdog"};
    return watchdog ? ESP_OK : esp_timer_create(&args, &watchdog);
}

int radio_port_feed_watchdog(int milliseconds)
{
    if (milliseconds <= 0) {
        return RADIO_UNSUPPORTED;
    }
    esp_err_t error = make_watchdog();
    if (error != ESP_OK) {
        return RADIO_DRIVER_ERROR - error;
    }
    esp_timer_stop(watchdog); // an error of it only says that it did not run yet
    error = esp_timer_start_once(watchdog, (uint64_t)milliseconds * 1000);
    return error == ESP_OK ? RADIO_OK : RADIO_DRIVER_ERROR - error;
}
