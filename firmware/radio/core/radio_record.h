// The records in bytes, little-endian; offsets in README.md.
#ifndef RADIO_RECORD_H
#define RADIO_RECORD_H

#include "radio_state.h"

void radio_record_channel(uint8_t record[RADIO_CHANNEL_RECORD], const struct radio_channel *channel, int index,
                          uint8_t window);

void radio_record_ap(uint8_t record[RADIO_AP_RECORD], const struct radio_ap *ap, uint64_t now_us);

void radio_record_totals(uint8_t record[RADIO_TOTALS_RECORD], const uint32_t totals[RADIO_TOTALS]);

#endif
