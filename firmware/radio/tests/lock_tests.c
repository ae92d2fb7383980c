#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "check.h"
#include "harness.h"
#include "suites.h"

struct balance {
    int depth, deepest, times;
};

static void enter_counted(void *context)
{
    struct balance *balance = context;
    balance->times++;
    balance->depth++;
    balance->deepest = balance->depth > balance->deepest ? balance->depth : balance->deepest;
}

static void leave_counted(void *context)
{
    ((struct balance *)context)->depth--;
}

static void every_call_locks_once(void)
{
    struct balance balance = {0};
    const struct radio_lock lock = {enter_counted, leave_counted, &balance};
    struct radio_core *core = harness_new_core();
    struct radio_frame_info info = frame_info(6);
    struct radio_bss_load load;
    static struct frame frame;
    uint8_t buffer[RADIO_CHANNEL_RECORD];
    radio_core_init(core, &lock);
    frame_beacon(&frame, 1, 6);
    radio_core_frame(core, &info, frame.bytes, frame.length);
    radio_core_frame(core, &info, frame.bytes, 3);
    radio_core_dwell(core, 1, 1);
    radio_core_read_channels(core, buffer, sizeof buffer, 1); // too small
    radio_core_read_aps(core, buffer, sizeof buffer, 0);
    radio_core_read_totals(core, buffer, sizeof buffer);
    radio_core_bss_load(core, frame.bytes + 16, 0, &load);
    CHECK_EQUAL(7, balance.times);
    CHECK_EQUAL(1, balance.deepest);
    CHECK_EQUAL(0, balance.depth);
}

static void enter_mutex(void *context)
{
    pthread_mutex_lock(context);
}

static void leave_mutex(void *context)
{
    pthread_mutex_unlock(context);
}

enum { FRAMES = 200000 };

struct receiver {
    struct radio_core *core;
    atomic_int done;
};

static void *receive(void *context)
{
    static struct frame frame;
    struct receiver *receiver = context;
    struct radio_frame_info info = frame_info(6);
    frame_beacon(&frame, 1, 6);
    for (int i = 0; i < FRAMES; i++) {
        radio_core_frame(receiver->core, &info, frame.bytes, frame.length);
    }
    atomic_store(&receiver->done, 1);
    return NULL;
}

static uint32_t take_window(struct radio_core *core)
{
    uint8_t buffer[RADIO_CHANNEL_RECORD];
    return radio_core_read_channels(core, buffer, sizeof buffer, 1) == 1 ? harness_decode_channel(buffer).beacons : 0;
}

static void no_frame_is_lost_between_windows(void)
{
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    const struct radio_lock lock = {enter_mutex, leave_mutex, &mutex};
    struct receiver receiver = {harness_new_core(), 0};
    pthread_t thread;
    uint32_t beacons = 0;
    radio_core_init(receiver.core, &lock);
    pthread_create(&thread, NULL, receive, &receiver);
    while (!atomic_load(&receiver.done)) {
        beacons += take_window(receiver.core);
    }
    pthread_join(thread, NULL);
    beacons += take_window(receiver.core);
    CHECK_EQUAL(FRAMES, beacons);
}

void lock_tests(void)
{
    check_run("every call takes the lock once and gives it back", every_call_locks_once);
    check_run("clearing reads beside a receiving thread lose no frame", no_frame_is_lost_between_windows);
}
