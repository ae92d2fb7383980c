#include "radio_ap.h"

#include <string.h>

static uint64_t age_s(uint64_t then_us, uint64_t now_us)
{
    return now_us > then_us ? (now_us - then_us) / 1000000 : 0;
}

struct radio_ap *radio_ap_find(struct radio_ap aps[RADIO_APS], uint64_t bssid)
{
    for (struct radio_ap *ap = aps; ap < aps + RADIO_APS; ap++) {
        if (ap->bssid == bssid && ap->channel != 0) {
            return ap;
        }
    }
    return NULL;
}

// Whether `a` gives up its place before `b` does.
static int goes_before(const struct radio_ap *a, const struct radio_ap *b)
{
    if ((a->channel == 0) != (b->channel == 0)) {
        return a->channel == 0;
    }
    return a->heard_us != b->heard_us ? a->heard_us < b->heard_us : a->rssi < b->rssi;
}

static struct radio_ap *place_for_new(struct radio_ap aps[RADIO_APS])
{
    struct radio_ap *place = aps;
    for (struct radio_ap *ap = aps + 1; ap < aps + RADIO_APS; ap++) {
        if (goes_before(ap, place)) {
            place = ap;
        }
    }
    return place;
}

int radio_ap_hear(struct radio_ap aps[RADIO_APS], const struct radio_frame *frame, uint64_t now_us, int8_t rssi)
{
    int evicted = 0;
    struct radio_ap *ap = radio_ap_find(aps, frame->bssid);
    if (ap == NULL) {
        ap = place_for_new(aps);
        evicted = ap->channel != 0;
        memset(ap, 0, sizeof *ap);
        ap->bssid = frame->bssid;
        ap->rssi = RADIO_RSSI_UNKNOWN;
    }
    ap->channel = frame->stated_channel;
    ap->heard_us = now_us;
    if (rssi != RADIO_RSSI_UNKNOWN) {
        ap->rssi = rssi;
    }
    if (frame->has_bss_load) {
        ap->has_bss_load = 1;
        ap->bss_load_us = now_us;
        ap->stations = frame->bss_load_stations;
        ap->utilization = frame->bss_load_utilization;
    }
    return evicted;
}

int radio_ap_is_current(const struct radio_ap *ap, uint64_t now_us)
{
    return ap->channel != 0 && age_s(ap->heard_us, now_us) <= RADIO_AP_MAX_AGE_S;
}

uint8_t radio_ap_bss_load_age_s(const struct radio_ap *ap, uint64_t now_us)
{
    uint64_t age = age_s(ap->bss_load_us, now_us);
    return ap->has_bss_load && age <= RADIO_BSS_LOAD_MAX_AGE_S ? (uint8_t)age : RADIO_U8_UNKNOWN;
}
