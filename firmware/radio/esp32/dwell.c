#include "dwell.h"

// One scan of ours at a time is kept by the clock alone: busy_until_us is moved forward when a scan begins, and back only when
// that scan has certainly ended or was refused. No lost, late or foreign event can shorten it.

static unsigned start(struct dwell *dwell)
{
    dwell->state = DWELL_HOME; // a dwell under way died with the driver
    dwell->is_armed = 0;       // as did the promiscuous mode
    return DWELL_ARM;
}

static unsigned stop(struct dwell *dwell)
{
    dwell->state = DWELL_OFF;
    dwell->is_connected = 0;
    dwell->is_armed = 0;
    return 0;
}

static unsigned connect(struct dwell *dwell)
{
    dwell->is_connected = 1;
    return dwell->state == DWELL_OFF ? 0 : DWELL_ARM;
}

// The runtime connects again at once, and a scan would keep the driver from it.
static unsigned disconnect(struct dwell *dwell)
{
    dwell->is_connected = 0;
    if (dwell->state != DWELL_AWAY) {
        return 0;
    }
    dwell->state = DWELL_HOME;
    return DWELL_CANCEL | DWELL_FORGET;
}

// The results of the app's own scan are still to be fetched, and the next scan would free them.
static void leave_time_to_fetch(struct dwell *dwell, uint64_t now_us)
{
    uint64_t until_us = now_us + DWELL_MARGIN_MS * UINT64_C(1000);
    dwell->busy_until_us = until_us > dwell->busy_until_us ? until_us : dwell->busy_until_us;
}

// Only the results of a scan of ours are ours to free. One that ends before its time was given up by the driver for a scan of
// the app's own, which begins now.
static unsigned end_scan(struct dwell *dwell, int is_complete, uint64_t now_us)
{
    if (dwell->state != DWELL_AWAY) {
        if (is_complete) {
            leave_time_to_fetch(dwell, now_us);
        }
        return 0;
    }
    dwell->state = DWELL_HOME;
    if (now_us < dwell->away_until_us) {
        return 0;
    }
    if (is_complete) {
        dwell->busy_until_us = now_us;
    }
    return DWELL_FORGET;
}

unsigned dwell_handle(struct dwell *dwell, enum dwell_event event, uint64_t now_us)
{
    switch (event) {
    case DWELL_STARTED:
        return start(dwell);
    case DWELL_STOPPED:
        return stop(dwell);
    case DWELL_CONNECTED:
        return connect(dwell);
    case DWELL_DISCONNECTED:
        return disconnect(dwell);
    case DWELL_SCAN_DONE:
        return end_scan(dwell, 1, now_us);
    case DWELL_SCAN_FAILED:
        return end_scan(dwell, 0, now_us);
    }
    return 0;
}

enum dwell_answer dwell_begin(struct dwell *dwell, uint32_t milliseconds, uint64_t now_us, unsigned *actions)
{
    *actions = dwell_poll(dwell, now_us);
    if (dwell->state == DWELL_OFF || !dwell->is_connected) {
        return DWELL_NOT_CONNECTED;
    }
    // Without reception a visit would tell of a quiet channel.
    if (!dwell->is_armed || now_us < dwell->busy_until_us) {
        return DWELL_IS_BUSY;
    }
    dwell->state = DWELL_AWAY;
    dwell->away_until_us = now_us + milliseconds * UINT64_C(1000);
    dwell->busy_until_us = dwell->away_until_us + DWELL_MARGIN_MS * UINT64_C(1000);
    *actions |= DWELL_SCAN;
    return DWELL_BEGINS;
}

void dwell_refused(struct dwell *dwell)
{
    dwell->busy_until_us = 0;
    if (dwell->state == DWELL_AWAY) {
        dwell->state = DWELL_HOME;
    }
}

void dwell_armed(struct dwell *dwell, int is_armed)
{
    dwell->is_armed = is_armed && dwell->state != DWELL_OFF;
}

unsigned dwell_poll(struct dwell *dwell, uint64_t now_us)
{
    unsigned actions = 0;
    if (dwell->state == DWELL_AWAY && now_us >= dwell->busy_until_us) {
        dwell->state = DWELL_HOME; // its event got lost, or the driver hangs in it
        actions |= DWELL_CANCEL | DWELL_FORGET;
    }
    if (dwell->state != DWELL_OFF && !dwell->is_armed) {
        actions |= DWELL_ARM;
    }
    return actions;
}
