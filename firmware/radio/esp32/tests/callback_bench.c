// What one call of the driver's callback costs, over the beacons of a capture: reading rx_ctrl, both locks, and the core.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "capture.h"
#include "idf.h"
#include "radio_port.h"
#include "rx.h"

enum { FRAMES_MAX = 4096, FRAME_BYTES = 512, ROUNDS = 500, HOME = 6 };

static wifi_promiscuous_pkt_t *frames[FRAMES_MAX];

static int load(const char *path)
{
    struct capture capture;
    struct capture_frame frame;
    int count = 0;
    if (!capture_open(&capture, path)) {
        return 0;
    }
    while (count < FRAMES_MAX && capture_next(&capture, &frame)) {
        uint32_t length = frame.length < FRAME_BYTES ? frame.length : FRAME_BYTES;
        wifi_promiscuous_pkt_t *packet = malloc(sizeof *packet + FRAME_BYTES);
        packet->rx_ctrl = rx_dsss(HOME);
        packet->rx_ctrl.sig_len = (length + 4) & 0xFFFu;
        memcpy(packet->payload, frame.bytes, length);
        frames[count++] = packet;
    }
    capture_close(&capture);
    return count;
}

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    int count = argc == 2 ? load(argv[1]) : 0;
    if (count == 0) {
        fprintf(stderr, "usage: callback-bench CAPTURE\n");
        return 2;
    }
    idf_reset();
    radio_port_core();
    idf_start();
    idf_connect(HOME);
    double start = now_s();
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < count; i++) {
            idf.callback(frames[i], WIFI_PKT_MGMT);
        }
    }
    double each = (now_s() - start) / ((double)ROUNDS * count);
    printf("callback: %.0f ns a beacon, %.2f million/s\n", each * 1e9, 1e-6 / each);
    return 0;
}
