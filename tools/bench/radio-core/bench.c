// Frames per second of the radio core over a capture. The frames are decoded from the file beforehand; each round feeds all
// of them to an empty core and closes a window. The best of the rounds counts, since the machine is shared.
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "capture.h"
#include "radio_state.h"

enum { ROUNDS = 20 };

struct frames {
    struct capture_frame *items;
    size_t count;
    uint64_t bytes;
};

static double now_s(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static struct frames load(struct capture *capture)
{
    struct frames frames = {0};
    size_t room = capture->length / 16 + 1; // a record has at least its header
    frames.items = malloc(room * sizeof *frames.items);
    while (frames.items && capture_next(capture, &frames.items[frames.count])) {
        frames.bytes += frames.items[frames.count].length;
        frames.count++;
    }
    return frames;
}

static double round_s(struct radio_core *core, const struct frames *frames)
{
    uint8_t window[RADIO_CHANNELS * RADIO_CHANNEL_RECORD];
    radio_core_init(core, NULL);
    double start = now_s();
    for (size_t i = 0; i < frames->count; i++) {
        const struct capture_frame *frame = &frames->items[i];
        radio_core_frame(core, &frame->info, frame->bytes, frame->length);
    }
    radio_core_read_channels(core, window, sizeof window, 1);
    return now_s() - start;
}

static void report(const struct frames *frames, const struct radio_core *core, double best)
{
    double count = (double)frames->count;
    printf("frames %zu, %.0f bytes each\n", frames->count, (double)frames->bytes / count);
    printf("best of %d rounds: %.2f million frames/s, %.0f ns/frame, FCS checked\n", ROUNDS, count / best / 1e6,
           best / count * 1e9);
    printf("bad FCS %u, malformed %u, without a stated channel %u\n", core->totals[RADIO_TOTAL_FCS_ERRORS],
           core->totals[RADIO_TOTAL_MALFORMED], core->totals[RADIO_TOTAL_WITHOUT_CHANNEL]);
    printf("core %zu bytes; allocations: none, by construction\n", radio_core_size());
}

int main(int argc, char **argv)
{
    static struct radio_core core;
    struct capture capture;
    if (argc != 2 || !capture_open(&capture, argv[1])) {
        fprintf(stderr, "usage: radio-bench CAPTURE.pcap\n");
        return 2;
    }
    struct frames frames = load(&capture);
    if (frames.count == 0) {
        fprintf(stderr, "%s holds no frames\n", argv[1]);
        return 2;
    }
    double best = round_s(&core, &frames);
    for (int i = 1; i < ROUNDS; i++) {
        double seconds = round_s(&core, &frames);
        best = seconds < best ? seconds : best;
    }
    report(&frames, &core, best);
    free(frames.items);
    capture_close(&capture);
    return 0;
}
