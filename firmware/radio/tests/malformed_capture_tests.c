#include <stdio.h>

#include "capture.h"
#include "check.h"
#include "harness.h"
#include "suites.h"

static const char *path;

static void feed_cut_at_every_length(struct radio_core *core, const struct capture_frame *frame)
{
    static const uint16_t flags[] = {0, RADIO_FRAME_HAS_FCS, RADIO_FRAME_TRUNCATED,
                                     RADIO_FRAME_HAS_FCS | RADIO_FRAME_TRUNCATED};
    struct radio_frame_info info = frame->info;
    for (unsigned i = 0; i < sizeof flags / sizeof flags[0]; i++) {
        info.flags = flags[i];
        for (uint32_t length = 0; length <= frame->length; length++) {
            info.on_air_length = i % 2 ? frame->info.on_air_length : 0;
            harness_feed(core, &info, frame->bytes, length);
        }
    }
}

static void survives_the_capture(void)
{
    struct radio_core *core = harness_new_core();
    struct capture capture;
    struct capture_frame frame;
    uint32_t offered = 0;
    CHECK(capture_open(&capture, path));
    while (capture_next(&capture, &frame)) {
        harness_feed(core, &frame.info, frame.bytes, frame.length);
        feed_cut_at_every_length(core, &frame);
        offered += 1 + 4 * (frame.length + 1);
    }
    capture_close(&capture);
    CHECK(offered > 0);
    CHECK_EQUAL(offered, harness_totals(core).frames);
    CHECK(harness_nothing_lost(core));
}

void malformed_capture_tests(char *const *paths, int count)
{
    for (int i = 0; i < count; i++) {
        char sentence[600];
        snprintf(sentence, sizeof sentence, "every frame of %s, cut at every length, is counted once", paths[i]);
        FILE *file = fopen(paths[i], "rb");
        if (!file) {
            check_skip(sentence, "the file is missing");
            continue;
        }
        fclose(file);
        path = paths[i];
        check_run(sentence, survives_the_capture);
    }
}
