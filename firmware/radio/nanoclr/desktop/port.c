// radio_port.h for a nanoCLR on the desktop: frames come from a capture file (environment variable RADIO_CAPTURE), all of them
// each time the radio begins to listen somewhere. The link is one to the capture's first AP; nothing else is made up.
#define _POSIX_C_SOURCE 200809L

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "capture.h"
#include "radio_port.h"
#include "radio_state.h"

enum { BSSID_OFFSET = 16, HEADER_LENGTH = 24 };

static struct radio_core core;
static uint8_t is_initialised;
static uint8_t bssid[6];
static uint8_t home;
static uint64_t since_us;

uint64_t radio_port_now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

static void note_home(const struct capture_frame *frame)
{
    if (home == 0 && frame->length >= HEADER_LENGTH) {
        home = frame->info.channel;
        memcpy(bssid, frame->bytes + BSSID_OFFSET, sizeof bssid);
    }
}

static void listen(void)
{
    struct capture capture;
    struct capture_frame frame;
    const char *path = getenv("RADIO_CAPTURE");
    if (!path || !capture_open(&capture, path)) {
        return;
    }
    while (capture_next(&capture, &frame)) {
        note_home(&frame);
        frame.info.timestamp_us = radio_port_now_us();
        radio_core_frame(&core, &frame.info, frame.bytes, frame.length);
    }
    capture_close(&capture);
}

// One thread runs all of it, so the core needs no lock.
struct radio_core *radio_port_core(void)
{
    if (!is_initialised) {
        is_initialised = 1;
        since_us = radio_port_now_us();
        radio_core_init(&core, NULL);
        listen();
    }
    return &core;
}

void radio_port_settle(void)
{
    uint64_t now_us = radio_port_now_us();
    radio_core_dwell(&core, home, (uint32_t)(now_us - since_us));
    since_us = now_us;
}

void radio_port_caps(struct radio_caps *caps)
{
    caps->bits = RADIO_CAN_LINK | RADIO_CAN_DWELL | RADIO_CAN_AIRTIME | RADIO_CAN_BSS_LOAD;
    caps->mask_2g = 0x3FFE;
}

int radio_port_link(struct radio_link *link)
{
    link->is_connected = home != 0;
    link->channel = home;
    link->rssi = -60;
    memcpy(link->bssid, bssid, sizeof link->bssid);
    return RADIO_OK;
}

int radio_port_stations(struct radio_station *stations, int capacity)
{
    (void)stations;
    (void)capacity;
    return RADIO_UNSUPPORTED;
}

int radio_port_health(struct radio_health *health)
{
    (void)health;
    return RADIO_UNSUPPORTED;
}

int radio_port_begin_dwell(int channel, int milliseconds)
{
    listen();
    radio_core_dwell(&core, (uint8_t)channel, (uint32_t)milliseconds * 1000);
    return RADIO_OK;
}

int radio_port_feed_watchdog(int milliseconds)
{
    (void)milliseconds;
    return RADIO_UNSUPPORTED;
}
