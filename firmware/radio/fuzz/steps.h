// The steps of an input of fuzz_core.c, as bytes.
#ifndef STEPS_H
#define STEPS_H

#include "frames.h"

enum { STEP_FRAME = 0, STEP_DWELL = 6, STEP_READ = 7 };
enum { STEP_FRAME_HEADER = 22, STEP_READ_CLEARS = 1, STEP_READ_COUNTS_RESPONSES = 2 };

// Writes the header of a frame step; the `length` bytes of the frame follow it. Of `info` the time is left out.
void step_frame_header(uint8_t header[STEP_FRAME_HEADER], const struct radio_frame_info *info, uint8_t seconds,
                       uint16_t length);

#endif
