// The elements of a beacon or probe response.
#ifndef RADIO_ELEMENTS_H
#define RADIO_ELEMENTS_H

#include "radio_frame.h"

// Fills what the elements tell. `is_cut`: there were more bytes on the air. `capabilities`: the Capability Information field.
void radio_elements_read(struct radio_frame *read, const uint8_t *elements, uint32_t length, int is_cut,
                         uint16_t capabilities);

#endif
