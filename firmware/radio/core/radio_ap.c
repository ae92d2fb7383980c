#include "radio_ap.h"

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

static const struct radio_ap unknown = {
    .rssi = RADIO_RSSI_UNKNOWN,
    .traits = {RADIO_U8_UNKNOWN, RADIO_U8_UNKNOWN, RADIO_U8_UNKNOWN, RADIO_U8_UNKNOWN},
};

// Heard until then = as old as the oldest, in whole steps.
static uint64_t end_of_oldest_step(const struct radio_ap aps[RADIO_APS], uint64_t now_us)
{
    uint64_t oldest_us = aps[0].heard_us;
    for (int i = 1; i < RADIO_APS; i++) {
        oldest_us = aps[i].heard_us < oldest_us ? aps[i].heard_us : oldest_us;
    }
    uint64_t steps = age_s(oldest_us, now_us) / RADIO_AP_AGE_STEP_S;
    return steps == 0 ? UINT64_MAX : now_us - steps * RADIO_AP_AGE_STEP_S * 1000000;
}

// Of two in the oldest step: the weaker goes, of equally strong ones the older.
static int goes_before(const struct radio_ap *a, const struct radio_ap *b)
{
    return a->rssi != b->rssi ? a->rssi < b->rssi : a->heard_us < b->heard_us;
}

// One that is free, else the one that gives up its place.
static struct radio_ap *place_for_new(struct radio_ap aps[RADIO_APS], uint64_t now_us)
{
    struct radio_ap *place = NULL;
    for (int i = 0; i < RADIO_APS; i++) {
        if (aps[i].channel == 0) {
            return &aps[i];
        }
    }
    uint64_t end_us = end_of_oldest_step(aps, now_us);
    for (int i = 0; i < RADIO_APS; i++) {
        if (aps[i].heard_us <= end_us && (place == NULL || goes_before(&aps[i], place))) {
            place = &aps[i];
        }
    }
    return place;
}

static void renew(uint8_t *known, uint8_t stated)
{
    *known = stated == RADIO_U8_UNKNOWN ? *known : stated;
}

static void renew_traits(struct radio_ap_traits *known, const struct radio_ap_traits *stated)
{
    renew(&known->second, stated->second);
    renew(&known->phy, stated->phy);
    renew(&known->bandwidth_mhz, stated->bandwidth_mhz);
    renew(&known->auth, stated->auth);
}

static void renew_bss_load(struct radio_ap *ap, const struct radio_frame *frame, uint64_t now_us)
{
    ap->has_bss_load = 1;
    ap->bss_load_us = now_us;
    ap->stations = frame->bss_load_stations;
    ap->utilization = frame->bss_load_utilization;
}

int radio_ap_hear(struct radio_ap aps[RADIO_APS], const struct radio_frame *frame, uint64_t now_us, int8_t rssi,
                  struct radio_ap *evicted)
{
    int has_evicted = 0;
    struct radio_ap *ap = radio_ap_find(aps, frame->bssid);
    if (ap == NULL) {
        ap = place_for_new(aps, now_us);
        has_evicted = ap->channel != 0;
        if (has_evicted) {
            *evicted = *ap;
        }
        *ap = unknown;
        ap->bssid = frame->bssid;
    }
    ap->channel = frame->stated_channel;
    ap->heard_us = now_us;
    if (rssi != RADIO_RSSI_UNKNOWN) {
        ap->rssi = rssi;
    }
    renew_traits(&ap->traits, &frame->traits);
    if (frame->has_bss_load) {
        renew_bss_load(ap, frame, now_us);
    }
    return has_evicted;
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
