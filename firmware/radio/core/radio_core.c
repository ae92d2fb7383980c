// The API: bookkeeping of frames and copying out of records. Reading a frame happens outside the lock, counting it inside.
#include "radio_core.h"

#include <string.h>

#include "radio_bssid.h"
#include "radio_record.h"
#include "radio_saturate.h"
#include "radio_state.h"

_Static_assert(sizeof(struct radio_frame_info) == 32, "other languages lay out this structure by hand");
_Static_assert(sizeof(struct radio_bss_load) == 4, "other languages lay out this structure by hand");
_Static_assert(RADIO_TOTALS * 4 == RADIO_TOTALS_RECORD, "one u32 each");

static void enter(const struct radio_core *core)
{
    if (core->lock.enter) {
        core->lock.enter(core->lock.context);
    }
}

static void leave(const struct radio_core *core)
{
    if (core->lock.leave) {
        core->lock.leave(core->lock.context);
    }
}

static void clear_window(struct radio_core *core)
{
    for (int i = 0; i < RADIO_CHANNELS; i++) {
        radio_channel_clear(&core->channels[i]);
    }
    radio_seen_clear(&core->seen);
}

size_t radio_core_size(void)
{
    return sizeof(struct radio_core);
}

void radio_core_init(struct radio_core *core, const struct radio_lock *lock)
{
    memset(core, 0, sizeof *core);
    if (lock) {
        core->lock = *lock;
    }
    clear_window(core);
}

static void count_ap(struct radio_core *core, struct radio_channel *channel, const struct radio_frame *frame)
{
    enum radio_seen_result result = radio_seen_add(&core->seen, frame->bssid, frame->stated_channel);
    if (result == RADIO_SEEN_FIRST && channel->ap_count < UINT8_MAX) {
        channel->ap_count++;
    } else if (result != RADIO_SEEN_BEFORE) {
        radio_add_u16(&channel->drops, 1);
        core->totals[RADIO_TOTAL_AP_MISSES]++;
    }
}

// 0 dBm and more is no reading but a driver's way to say that it has none.
static int8_t valid_rssi(struct radio_core *core, int8_t rssi)
{
    if (rssi < 0) {
        return rssi; // RADIO_RSSI_UNKNOWN among them: a receiver that states none has not stated a wrong one
    }
    core->totals[RADIO_TOTAL_RSSI_INVALID]++;
    return RADIO_RSSI_UNKNOWN;
}

// A frame, read and looked up before the lock is taken.
struct reception {
    const struct radio_frame_info *info;
    struct radio_frame frame;
    struct radio_modulation how;
    int tuned;   // index of a channel, −1 = unknown
    int counted; // likewise, where the frame counts
    int is_later;
    int has_modulation;
};

static int is_announcement(const struct radio_frame *frame)
{
    return frame->kind == RADIO_FRAME_KIND_BEACON || frame->kind == RADIO_FRAME_KIND_PROBE_RESPONSE;
}

// A beacon or probe response counts for the channel it states: neighbouring channels leak into the tuned one.
static void receive(struct reception *reception, const struct radio_frame_info *info, const uint8_t *bytes, uint32_t length)
{
    const struct radio_frame *frame = &reception->frame;
    reception->info = info;
    radio_frame_read(&reception->frame, info, bytes, length);
    reception->tuned = radio_channel_tuned(info);
    reception->counted = is_announcement(frame) ? radio_channel_stated(info, frame) : reception->tuned;
    int is_2g = radio_channel_band(reception->counted) == RADIO_BAND_2G;
    reception->has_modulation = radio_modulation_of(&reception->how, info, is_2g);
    reception->is_later = (info->flags & RADIO_FRAME_AMPDU_LATER) != 0;
}

// Microseconds, or RADIO_AIRTIME_UNKNOWN.
static uint32_t add_airtime(struct radio_core *core, const struct reception *reception)
{
    const struct radio_frame *frame = &reception->frame;
    if (!reception->has_modulation) {
        radio_ppdu_close(&core->ppdu);
        return RADIO_AIRTIME_UNKNOWN;
    }
    if (core->counts_responses && frame->is_response) {
        return 0; // in the airtime of what it answers
    }
    return radio_ppdu_add(&core->ppdu, &reception->how, frame, reception->is_later, reception->counted,
                          core->counts_responses);
}

static struct radio_channel *count_on_channel(struct radio_core *core, const struct reception *reception)
{
    struct radio_channel *channel = &core->channels[reception->counted];
    radio_channel_add_frame(channel, reception->frame.on_air_length, add_airtime(core, reception));
    return channel;
}

static void count_announcement(struct radio_core *core, const struct reception *reception)
{
    const struct radio_frame *frame = &reception->frame;
    uint64_t now_us = reception->info->timestamp_us;
    int8_t rssi = valid_rssi(core, reception->info->rssi);
    struct radio_channel *channel = count_on_channel(core, reception);
    radio_channel_add_announcement(channel, frame, rssi);
    count_ap(core, channel, frame);
    core->totals[RADIO_TOTAL_AP_EVICTIONS] += (uint32_t)radio_ap_hear(core->aps, frame, now_us, rssi, &core->evicted);
}

static void count_without_channel(struct radio_core *core, int tuned)
{
    core->totals[RADIO_TOTAL_WITHOUT_CHANNEL]++;
    if (tuned >= 0) {
        radio_add_u16(&core->channels[tuned].undecoded, 1);
    }
}

static void count_fcs_error(struct radio_core *core, int tuned)
{
    core->totals[RADIO_TOTAL_FCS_ERRORS]++;
    if (tuned >= 0) {
        radio_add_u16(&core->channels[tuned].fcs_errors, 1);
    }
}

// Wherever the frame counts, the noise is the tuned channel's.
static void count_noise(struct radio_core *core, const struct reception *reception)
{
    if (reception->tuned >= 0) {
        radio_channel_add_noise(&core->channels[reception->tuned], reception->info->noise);
    }
}

static void count_other(struct radio_core *core, const struct reception *reception)
{
    if (reception->counted >= 0) {
        count_on_channel(core, reception);
    } else {
        core->totals[RADIO_TOTAL_UNTUNED]++;
    }
}

static void count_frame(struct radio_core *core, const struct reception *reception)
{
    core->totals[RADIO_TOTAL_FRAMES]++;
    if (!reception->is_later) {
        radio_ppdu_close(&core->ppdu); // be this one lost, its preamble must not stand for it
    }
    switch (reception->frame.kind) {
    case RADIO_FRAME_KIND_BAD_FCS:
        count_fcs_error(core, reception->tuned);
        break;
    case RADIO_FRAME_KIND_MALFORMED:
        core->totals[RADIO_TOTAL_MALFORMED]++;
        break;
    case RADIO_FRAME_KIND_BEACON:
    case RADIO_FRAME_KIND_PROBE_RESPONSE:
        count_noise(core, reception);
        if (reception->counted >= 0) {
            count_announcement(core, reception);
        } else {
            count_without_channel(core, reception->tuned);
        }
        break;
    case RADIO_FRAME_KIND_OTHER:
        count_noise(core, reception);
        count_other(core, reception);
        break;
    }
}

void radio_core_frame(struct radio_core *core, const struct radio_frame_info *info, const uint8_t *frame,
                      uint32_t length)
{
    struct reception reception;
    receive(&reception, info, frame, length);
    enter(core);
    count_frame(core, &reception);
    leave(core);
}

void radio_core_count_responses(struct radio_core *core, int on)
{
    enter(core);
    core->counts_responses = on != 0;
    leave(core);
}

void radio_core_dwell(struct radio_core *core, uint8_t channel, uint32_t us)
{
    int index = radio_channel_index(channel);
    if (index < 0) {
        return;
    }
    enter(core);
    radio_add_u32(&core->channels[index].dwell_us, us);
    leave(core);
}

static int copy_channels(const struct radio_core *core, uint8_t *buffer, int capacity)
{
    int count = 0;
    for (int i = 0; i < RADIO_CHANNELS; i++) {
        if (!radio_channel_is_used(&core->channels[i])) {
            continue;
        }
        if (capacity - count * RADIO_CHANNEL_RECORD < RADIO_CHANNEL_RECORD) {
            return RADIO_BUFFER_TOO_SMALL;
        }
        radio_record_channel(buffer + count * RADIO_CHANNEL_RECORD, &core->channels[i], i, core->window);
        count++;
    }
    return count;
}

int radio_core_read_channels(struct radio_core *core, uint8_t *buffer, int capacity, int clear)
{
    enter(core);
    int count = copy_channels(core, buffer, capacity);
    if (clear && count >= 0) {
        clear_window(core);
        core->window++;
    }
    leave(core);
    return count;
}

static int copy_aps(const struct radio_core *core, uint8_t *buffer, int capacity, uint64_t now_us)
{
    int count = 0;
    for (int i = 0; i < RADIO_APS; i++) {
        if (!radio_ap_is_current(&core->aps[i], now_us)) {
            continue;
        }
        if (capacity - count * RADIO_AP_RECORD < RADIO_AP_RECORD) {
            return RADIO_BUFFER_TOO_SMALL;
        }
        radio_record_ap(buffer + count * RADIO_AP_RECORD, &core->aps[i], now_us);
        count++;
    }
    return count;
}

int radio_core_read_aps(struct radio_core *core, uint8_t *buffer, int capacity, uint64_t now_us)
{
    enter(core);
    int count = copy_aps(core, buffer, capacity, now_us);
    leave(core);
    return count;
}

int radio_core_read_evicted(struct radio_core *core, uint8_t *buffer, int capacity, uint64_t now_us)
{
    if (capacity < RADIO_AP_RECORD) {
        return RADIO_BUFFER_TOO_SMALL;
    }
    enter(core);
    int is_there = core->evicted.channel != 0;
    if (is_there) {
        radio_record_ap(buffer, &core->evicted, now_us);
    }
    leave(core);
    return is_there;
}

static struct radio_bss_load find_bss_load(struct radio_core *core, uint64_t bssid, uint64_t now_us)
{
    struct radio_bss_load load = {RADIO_U16_UNKNOWN, RADIO_U8_UNKNOWN, RADIO_U8_UNKNOWN};
    const struct radio_ap *ap = radio_ap_find(core->aps, bssid);
    if (ap && radio_ap_bss_load_age_s(ap, now_us) != RADIO_U8_UNKNOWN) {
        load.stations = ap->stations;
        load.utilization = ap->utilization;
        load.age_s = radio_ap_bss_load_age_s(ap, now_us);
    }
    return load;
}

int radio_core_bss_load(struct radio_core *core, const uint8_t bssid[6], uint64_t now_us, struct radio_bss_load *load)
{
    enter(core);
    *load = find_bss_load(core, radio_bssid_load(bssid), now_us);
    leave(core);
    return load->age_s != RADIO_U8_UNKNOWN;
}

int radio_core_read_totals(struct radio_core *core, uint8_t *buffer, int capacity)
{
    if (capacity < RADIO_TOTALS_RECORD) {
        return RADIO_BUFFER_TOO_SMALL;
    }
    enter(core);
    radio_record_totals(buffer, core->totals);
    leave(core);
    return RADIO_TOTALS_RECORD;
}
