#include "radio_record.h"

#include <string.h>

#include "radio_bssid.h"

enum {
    CHANNEL_FLAG_SATURATED = 1,
    AP_FLAG_BSS_LOAD = 1,
};

static void put16(uint8_t *p, uint16_t value)
{
    p[0] = (uint8_t)value;
    p[1] = (uint8_t)(value >> 8);
}

static void put32(uint8_t *p, uint32_t value)
{
    put16(p, (uint16_t)value);
    put16(p + 2, (uint16_t)(value >> 16));
}

static void put_bss_load(uint8_t *record, const struct radio_channel *channel)
{
    int known = channel->bss_load_count != 0;
    put16(record + 30, known ? channel->stations_max : RADIO_U16_UNKNOWN);
    put32(record + 32, channel->bss_load_sum);
    put32(record + 36, channel->bss_load_count);
    record[40] = known ? channel->bss_load_min : RADIO_U8_UNKNOWN;
    record[41] = known ? channel->bss_load_max : RADIO_U8_UNKNOWN;
}

void radio_record_channel(uint8_t record[RADIO_CHANNEL_RECORD], const struct radio_channel *channel, int index,
                          uint8_t window)
{
    memset(record, 0, RADIO_CHANNEL_RECORD);
    record[0] = radio_channel_number(index);
    record[1] = radio_channel_band(index);
    record[2] = channel->ap_count;
    record[3] = (uint8_t)channel->rssi_max;
    put32(record + 4, channel->dwell_us);
    put32(record + 8, channel->airtime_us);
    put32(record + 12, channel->frames);
    put32(record + 16, channel->beacons);
    put32(record + 20, channel->bytes);
    put16(record + 24, channel->fcs_errors);
    put16(record + 26, channel->undecoded);
    put16(record + 28, channel->drops);
    put_bss_load(record, channel);
    record[42] = (uint8_t)radio_channel_noise(channel);
    record[43] = radio_channel_is_saturated(channel) ? CHANNEL_FLAG_SATURATED : 0;
    record[44] = window;
}

void radio_record_ap(uint8_t record[RADIO_AP_RECORD], const struct radio_ap *ap, uint64_t now_us)
{
    int has_load = radio_ap_bss_load_age_s(ap, now_us) != RADIO_U8_UNKNOWN;
    radio_bssid_store(record, ap->bssid);
    record[6] = ap->channel;
    record[7] = ap->traits.second;
    record[8] = (uint8_t)ap->rssi;
    record[9] = ap->traits.phy;
    record[10] = ap->traits.bandwidth_mhz;
    record[11] = ap->traits.auth;
    put16(record + 12, has_load ? ap->stations : RADIO_U16_UNKNOWN);
    record[14] = has_load ? ap->utilization : RADIO_U8_UNKNOWN;
    record[15] = has_load ? AP_FLAG_BSS_LOAD : 0;
}

void radio_record_totals(uint8_t record[RADIO_TOTALS_RECORD], const uint32_t totals[RADIO_TOTALS])
{
    for (int i = 0; i < RADIO_TOTALS; i++) {
        put32(record + 4 * i, totals[i]);
    }
}
