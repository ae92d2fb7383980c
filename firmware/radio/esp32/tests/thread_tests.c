// The three tasks of a chip at once, for the thread sanitizer: the driver's with frames, the event task, and the CLR's.
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "check.h"
#include "harness.h"
#include "idf.h"
#include "radio_native.h"
#include "radio_port.h"
#include "receiver.h"
#include "rx.h"

enum { FRAMES = 20000, HOME = 6, FOREIGN = 11, DWELL_MS = 120 };

static atomic_int is_done;
static wifi_promiscuous_cb_t on_frame;

static void *receive_frames(void *context)
{
    static struct frame frame;
    wifi_promiscuous_pkt_t *packet = malloc(sizeof *packet + 256);
    (void)context;
    frame_beacon(&frame, 1, HOME);
    packet->rx_ctrl = rx_dsss(HOME);
    packet->rx_ctrl.sig_len = (frame.length + 4) & 0xFFFu;
#if CONFIG_SOC_WIFI_HE_SUPPORT
    packet->rx_ctrl.dump_len = frame.length & 0xFFFu;
#endif
    for (uint32_t i = 0; i < frame.length; i++) {
        packet->payload[i] = frame.bytes[i];
    }
    for (int i = 0; i < FRAMES; i++) {
        on_frame(packet, WIFI_PKT_MGMT);
    }
    free(packet);
    atomic_store(&is_done, 1);
    return NULL;
}

static void *post_events(void *context)
{
    static const int32_t ids[] = {WIFI_EVENT_SCAN_DONE, WIFI_EVENT_STA_DISCONNECTED, WIFI_EVENT_STA_CONNECTED,
                                  WIFI_EVENT_STA_STOP, WIFI_EVENT_STA_START};
    (void)context;
    for (unsigned i = 0; !atomic_load(&is_done); i++) {
        wifi_event_sta_connected_t connected = {.channel = HOME};
        wifi_event_sta_disconnected_t disconnected = {.reason = WIFI_REASON_BEACON_TIMEOUT};
        wifi_event_sta_scan_done_t scanned = {.status = i & 1};
        void *const data[] = {&scanned, &disconnected, &connected, NULL, NULL};
        idf_post(ids[i % 5], data[i % 5]);
    }
    return NULL;
}

static uint32_t take_beacons(void)
{
    static uint8_t channels[RADIO_CHANNELS * RADIO_CHANNEL_RECORD];
    uint32_t beacons = 0;
    int count = radio_native_take_channels(channels, sizeof channels);
    for (int i = 0; i < count; i++) {
        beacons += harness_decode_channel(channels + i * RADIO_CHANNEL_RECORD).beacons;
    }
    return beacons;
}

static void no_frame_is_lost(void)
{
    uint8_t link[RADIO_LINK_RECORD];
    pthread_t frames, events;
    uint32_t beacons = 0;
    idf_reset();
    radio_port_core();
    idf_start();
    idf_connect(HOME);
    on_frame = idf.callback;
    pthread_create(&frames, NULL, receive_frames, NULL);
    pthread_create(&events, NULL, post_events, NULL);
    while (!atomic_load(&is_done)) {
        beacons += take_beacons();
        radio_native_begin_dwell(FOREIGN, DWELL_MS);
        radio_native_get_link(link, sizeof link);
    }
    pthread_join(frames, NULL);
    pthread_join(events, NULL);
    beacons += take_beacons();
    CHECK_EQUAL(FRAMES, beacons);
    CHECK_EQUAL(0, idf.driver_calls_in_critical_section);
}

int main(void)
{
    check_run("frames, events and requests from three threads at once lose no frame", no_frame_is_lost);
    return check_summary();
}
