#include "radio_channel.h"

#include <string.h>

#include "radio_airtime.h"
#include "radio_saturate.h"

// Runs of channel numbers with a constant step; together they are the table.
struct run {
    uint8_t first, last, step, index;
};

static const struct run runs[] = {
    {1, RADIO_CHANNELS_2G, 1, 0},
    {36, 64, 4, RADIO_CHANNELS_2G},
    {100, 144, 4, RADIO_CHANNELS_2G + 8},
    {149, 177, 4, RADIO_CHANNELS_2G + 20},
};
enum { RUNS = sizeof runs / sizeof runs[0] };

int radio_channel_index(uint8_t channel)
{
    for (int i = 0; i < RUNS; i++) {
        const struct run *run = &runs[i];
        if (channel >= run->first && channel <= run->last && (channel - run->first) % run->step == 0) {
            return run->index + (channel - run->first) / run->step;
        }
    }
    return -1;
}

uint8_t radio_channel_number(int index)
{
    const struct run *run = &runs[RUNS - 1];
    while (index < run->index) {
        run--;
    }
    return (uint8_t)(run->first + (index - run->index) * run->step);
}

uint8_t radio_channel_band(int index)
{
    return index < RADIO_CHANNELS_2G ? RADIO_BAND_2G : RADIO_BAND_5G;
}

// 6 GHz has channels 1, 5, 9 … too: the band must agree.
int radio_channel_tuned(const struct radio_frame_info *info)
{
    int index = radio_channel_index(info->channel);
    if (index >= 0 && info->band != RADIO_BAND_UNKNOWN && info->band != radio_channel_band(index)) {
        return -1;
    }
    return index;
}

int radio_channel_stated(const struct radio_frame_info *info, const struct radio_frame *frame)
{
    switch (info->band) {
    case RADIO_BAND_UNKNOWN:
    case RADIO_BAND_2G:
    case RADIO_BAND_5G:
        return radio_channel_index(frame->stated_channel);
    default:
        return -1;
    }
}

void radio_channel_clear(struct radio_channel *channel)
{
    memset(channel, 0, sizeof *channel);
    channel->rssi_max = RADIO_RSSI_UNKNOWN;
}

int radio_channel_is_used(const struct radio_channel *channel)
{
    return channel->dwell_us != 0 || channel->frames != 0 || channel->fcs_errors != 0 || channel->undecoded != 0;
}

int radio_channel_is_saturated(const struct radio_channel *channel)
{
    const uint32_t wide[] = {channel->dwell_us, channel->airtime_us,   channel->frames,        channel->beacons,
                             channel->bytes,    channel->bss_load_sum, channel->bss_load_count};
    const uint16_t narrow[] = {channel->fcs_errors, channel->undecoded, channel->drops};
    int saturated = channel->ap_count == UINT8_MAX;
    for (unsigned i = 0; i < sizeof wide / sizeof wide[0]; i++) {
        saturated |= wide[i] == UINT32_MAX;
    }
    for (unsigned i = 0; i < sizeof narrow / sizeof narrow[0]; i++) {
        saturated |= narrow[i] == UINT16_MAX;
    }
    return saturated;
}

void radio_channel_add_frame(struct radio_channel *channel, uint32_t on_air_length, uint32_t airtime_us)
{
    radio_add_u32(&channel->frames, 1);
    radio_add_u32(&channel->bytes, on_air_length);
    if (airtime_us == RADIO_AIRTIME_UNKNOWN) {
        radio_add_u16(&channel->undecoded, 1);
    } else {
        radio_add_u32(&channel->airtime_us, airtime_us);
    }
}

// Once the sum is full, the average stands as it is.
void radio_channel_add_noise(struct radio_channel *channel, int8_t noise)
{
    if (noise < 0 && noise != RADIO_RSSI_UNKNOWN && channel->noise_count < UINT32_MAX / 128) {
        channel->noise_sum += (uint32_t)-noise;
        channel->noise_count++;
    }
}

int8_t radio_channel_noise(const struct radio_channel *channel)
{
    uint32_t count = channel->noise_count;
    if (count == 0) {
        return RADIO_RSSI_UNKNOWN;
    }
    return (int8_t)(-(int32_t)((channel->noise_sum + count / 2) / count));
}

static void add_bss_load(struct radio_channel *channel, uint8_t utilization, uint16_t stations)
{
    if (channel->bss_load_count == 0 || utilization < channel->bss_load_min) {
        channel->bss_load_min = utilization;
    }
    if (utilization > channel->bss_load_max) {
        channel->bss_load_max = utilization;
    }
    if (stations > channel->stations_max) {
        channel->stations_max = stations;
    }
    radio_add_u32(&channel->bss_load_sum, utilization);
    radio_add_u32(&channel->bss_load_count, 1);
}

void radio_channel_add_announcement(struct radio_channel *channel, const struct radio_frame *frame, int8_t rssi)
{
    if (frame->kind == RADIO_FRAME_KIND_BEACON) {
        radio_add_u32(&channel->beacons, 1);
    }
    if (rssi > channel->rssi_max) {
        channel->rssi_max = rssi;
    }
    if (frame->has_bss_load) {
        add_bss_load(channel, frame->bss_load_utilization, frame->bss_load_stations);
    }
}
