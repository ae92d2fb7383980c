// Counters that stop at their end instead of starting again: a large number that is too small beats a small one.
#ifndef RADIO_SATURATE_H
#define RADIO_SATURATE_H

#include <stdint.h>

static inline void radio_add_u16(uint16_t *counter, uint16_t n)
{
    *counter = n > UINT16_MAX - *counter ? UINT16_MAX : (uint16_t)(*counter + n);
}

static inline void radio_add_u32(uint32_t *counter, uint32_t n)
{
    *counter = n > UINT32_MAX - *counter ? UINT32_MAX : *counter + n;
}

#endif
