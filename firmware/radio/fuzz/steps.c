#include "steps.h"

#include <string.h>

void step_frame_header(uint8_t header[STEP_FRAME_HEADER], const struct radio_frame_info *info, uint8_t seconds,
                       uint16_t length)
{
    const uint8_t bytes[STEP_FRAME_HEADER] = {
        STEP_FRAME,
        (uint8_t)info->flags,
        (uint8_t)(info->flags >> 8),
        info->channel,
        info->band,
        (uint8_t)info->rssi,
        info->phy,
        info->mcs,
        info->bandwidth_mhz,
        info->streams,
        info->stbc,
        info->resource_unit,
        info->he_guard_interval,
        info->he_ltf,
        (uint8_t)info->noise,
        (uint8_t)info->rate_100kbps,
        (uint8_t)(info->rate_100kbps >> 8),
        (uint8_t)info->on_air_length,
        (uint8_t)(info->on_air_length >> 8),
        seconds,
        (uint8_t)length,
        (uint8_t)(length >> 8),
    };
    memcpy(header, bytes, sizeof bytes);
}
