// Reading a pcap file of radiotap or bare 802.11 frames, as far as tests and benchmark need it. The product's own reader
// is the virtual device's.
#ifndef CAPTURE_H
#define CAPTURE_H

#include "radio_core.h"

struct capture {
    uint8_t *bytes;
    uint32_t length;
    uint32_t at;
    uint32_t link_type;
};

struct capture_frame {
    struct radio_frame_info info;
    const uint8_t *bytes; // within the capture
    uint32_t length;
};

// Returns 0 when the file cannot be read or is no little-endian pcap.
int capture_open(struct capture *capture, const char *path);
void capture_close(struct capture *capture);

// The next frame, without its radiotap header. A record that the file's end cuts off is the last. Returns 0 at the end.
int capture_next(struct capture *capture, struct capture_frame *frame);

#endif
