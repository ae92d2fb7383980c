// The dwell's state machine against a model of the driver: every order of events, not some.
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "driver_model.h"

enum { DWELL_MS = MODEL_DWELL_MS, DEPTH = 8 };

static const struct step {
    const char *name;
    void (*take)(struct model *);
} steps[] = {
    {"start", model_start},           {"stop", model_stop},
    {"restart", model_restart},       {"connect", model_connect},
    {"disconnect", model_disconnect}, {"scan-done", model_end_scan},
    {"begin", model_begin},           {"others begin", model_others_begin},
    {"others end", model_others_end}, {"time", model_time_of_a_dwell},
    {"silence", model_long_silence},  {"deliver", model_deliver}, // the last is for events that wait
};
enum { LATE_STEPS = sizeof steps / sizeof *steps, STEPS = LATE_STEPS - 1 };

static void check_model(const struct model *model)
{
    // With scans of the app's own and late events, not even the machine can tell whose end it heard: there the glue's question
    // to the driver keeps it from a second one.
    CHECK(!model->two_scans || (model->had_others && !model->is_prompt));
    CHECK(!model_is_stuck(*model));
    CHECK(!model->is_prompt || !model->harms_others);
    if (model->queued == 0) {
        CHECK_EQUAL(model->is_on, model->is_promiscuous);
        CHECK_EQUAL(model->is_promiscuous, model->dwell.is_armed);
    }
}

// --- Every order of events that arrive at once -----------------------------------------------------------------------

static unsigned long long sequences;

static void walk(const struct model *before, int depth)
{
    if (depth == DEPTH) {
        sequences++;
        return;
    }
    for (int i = 0; i < STEPS; i++) {
        struct model model = *before;
        steps[i].take(&model);
        check_model(&model);
        walk(&model, depth + 1);
    }
}

static void every_order(void)
{
    struct model model = {.now_us = 1000000, .is_prompt = 1};
    walk(&model, 0);
    printf("dwell: %llu sequences of %d out of %d steps\n", sequences, DEPTH, STEPS);
    CHECK(sequences == 214358881ULL);
}

// --- Every state, with events that wait in the queue -----------------------------------------------------------------

enum { STATES_MAX = 1 << 20 };

static struct model states[STATES_MAX];
static uint64_t keys[2 * STATES_MAX]; // open addressing; 0 = free
static unsigned count;

static uint64_t milliseconds_left(uint64_t until_us, uint64_t now_us)
{
    return until_us > now_us ? (until_us - now_us) / 1000 : 0;
}

// All that the future depends on; of times, how far they are away. Never 0.
static uint64_t key_of(const struct model *model)
{
    const struct dwell *dwell = &model->dwell;
    uint64_t scan_limit_us = model->scan_began_us + (DWELL_MS + DWELL_MARGIN_MS) * 1000;
    uint64_t waiting_limit_us = model->waiting_since_us + DWELL_MARGIN_MS * 1000;
    int is_timed = model->is_scanning || model->is_scan_unheard;
    uint64_t key = 1;
    key = key << 2 | dwell->state;
    key = key << 2 | (unsigned)(dwell->is_connected << 1 | dwell->is_armed);
    key = key << 4 | (unsigned)(model->is_on << 3 | model->is_connected << 2 | model->is_promiscuous << 1 | model->is_scanning);
    key = key << 2 | (unsigned)(model->is_others_scan << 1 | model->had_others);
    key = key << 1 | model->is_scan_unheard;
    key = key << 5 | milliseconds_left(dwell->busy_until_us, model->now_us) / 40;
    key = key << 3 | milliseconds_left(dwell->away_until_us, model->now_us) / 40;
    key = key << 5 | (is_timed ? milliseconds_left(scan_limit_us, model->now_us) / 40 : 31);
    key = key << 5 | (model->queued ? milliseconds_left(waiting_limit_us, model->now_us) / 40 : 31);
    key = key << 2 | model->queued;
    for (int i = 0; i < MODEL_QUEUE; i++) {
        key = key << 3 | model->queue[i];
    }
    return key;
}

static int is_new(uint64_t key)
{
    size_t at = (size_t)(key * 0x9E3779B97F4A7C15u >> 43) % (2 * STATES_MAX);
    while (keys[at] != 0) {
        if (keys[at] == key) {
            return 0;
        }
        at = (at + 1) % (2 * STATES_MAX);
    }
    keys[at] = key;
    return 1;
}

static void visit(const struct model *model)
{
    check_model(model);
    if (is_new(key_of(model))) {
        CHECK(count < STATES_MAX);
        states[count++] = *model;
    }
}

static void every_state(void)
{
    struct model model = {.now_us = 10000000};
    unsigned long long taken = 0;
    visit(&model);
    for (unsigned i = 0; i < count; i++) {
        for (int step = 0; step < LATE_STEPS; step++) {
            model = states[i];
            steps[step].take(&model);
            visit(&model);
            taken++;
        }
    }
    printf("dwell: all %u states, by %llu steps out of %d, with up to %d events waiting\n", count, taken, LATE_STEPS, MODEL_QUEUE);
    CHECK(count > 1000);
}

// --- One by one ------------------------------------------------------------------------------------------------------

static const uint64_t second = 1000000;

static struct dwell connected(void)
{
    struct dwell dwell;
    memset(&dwell, 0, sizeof dwell);
    dwell_handle(&dwell, DWELL_STARTED, 0);
    dwell_armed(&dwell, 1);
    dwell_handle(&dwell, DWELL_CONNECTED, 0);
    return dwell;
}

static enum dwell_answer ask(struct dwell *dwell, uint64_t now_us, unsigned *actions)
{
    return dwell_begin(dwell, DWELL_MS, now_us, actions);
}

static void needs_a_link(void)
{
    struct dwell dwell = {DWELL_OFF, 0, 0, 0, 0};
    unsigned actions;
    CHECK_EQUAL(DWELL_NOT_CONNECTED, ask(&dwell, second, &actions));
    CHECK_EQUAL(0, actions);
    dwell_handle(&dwell, DWELL_STARTED, second);
    dwell_armed(&dwell, 1);
    CHECK_EQUAL(DWELL_NOT_CONNECTED, ask(&dwell, second, &actions));
    CHECK_EQUAL(0, actions);
}

static void busy_until_done(void)
{
    struct dwell dwell = connected();
    unsigned actions;
    CHECK_EQUAL(DWELL_BEGINS, ask(&dwell, second, &actions));
    CHECK_EQUAL(DWELL_SCAN, actions);
    CHECK_EQUAL(DWELL_IS_BUSY, ask(&dwell, second + 119999, &actions));
    CHECK_EQUAL(DWELL_FORGET, dwell_handle(&dwell, DWELL_SCAN_DONE, second + 120000));
    CHECK_EQUAL(DWELL_BEGINS, ask(&dwell, second + 120000, &actions));
}

static void others_scans_are_left_alone(void)
{
    struct dwell dwell = connected();
    unsigned actions;
    CHECK_EQUAL(0, dwell_handle(&dwell, DWELL_SCAN_DONE, second)); // at home: somebody else's
    CHECK_EQUAL(DWELL_IS_BUSY, ask(&dwell, second + DWELL_MARGIN_MS * 1000 - 1, &actions)); // who is still to fetch the results
    CHECK_EQUAL(DWELL_BEGINS, ask(&dwell, second + DWELL_MARGIN_MS * 1000, &actions));
}

// An end before its time: the driver has given up our scan for another, whose results and end are not ours.
static void others_may_cut_in(void)
{
    const enum dwell_event ends[] = {DWELL_SCAN_DONE, DWELL_SCAN_FAILED};
    for (int i = 0; i < 2; i++) {
        struct dwell dwell = connected();
        unsigned actions;
        ask(&dwell, second, &actions);
        CHECK_EQUAL(0, dwell_handle(&dwell, ends[i], second + 119999));
        CHECK_EQUAL(DWELL_HOME, dwell.state);
        CHECK_EQUAL(0, dwell_poll(&dwell, 10 * second));
        CHECK_EQUAL(0, dwell_handle(&dwell, DWELL_DISCONNECTED, 11 * second));
    }
}

// To be away and hear nothing would tell of a quiet channel.
static void needs_reception(void)
{
    struct dwell dwell = connected();
    unsigned actions;
    dwell_armed(&dwell, 0);
    CHECK_EQUAL(DWELL_IS_BUSY, ask(&dwell, second, &actions));
    CHECK_EQUAL(DWELL_ARM, actions);
    dwell_armed(&dwell, 1);
    CHECK_EQUAL(DWELL_BEGINS, ask(&dwell, second, &actions));
}

static void link_comes_first(void)
{
    struct dwell dwell = connected();
    unsigned actions;
    ask(&dwell, second, &actions);
    CHECK_EQUAL(DWELL_CANCEL | DWELL_FORGET, dwell_handle(&dwell, DWELL_DISCONNECTED, second + 50000));
    CHECK_EQUAL(DWELL_NOT_CONNECTED, ask(&dwell, second + 60000, &actions));
    CHECK_EQUAL(DWELL_ARM, dwell_handle(&dwell, DWELL_CONNECTED, second + 70000));
    CHECK_EQUAL(DWELL_IS_BUSY, ask(&dwell, second + 80000, &actions)); // the scan may run on, for all that is known
    CHECK_EQUAL(DWELL_BEGINS, ask(&dwell, second + (DWELL_MS + DWELL_MARGIN_MS) * 1000, &actions));
}

static void lost_event(void)
{
    struct dwell dwell = connected();
    unsigned actions;
    uint64_t late = second + (DWELL_MS + DWELL_MARGIN_MS) * 1000;
    ask(&dwell, second, &actions);
    CHECK_EQUAL(0, dwell_poll(&dwell, late - 1));
    CHECK_EQUAL(DWELL_CANCEL | DWELL_FORGET, dwell_poll(&dwell, late));
    CHECK_EQUAL(0, dwell_poll(&dwell, late));
    CHECK_EQUAL(DWELL_BEGINS, ask(&dwell, late, &actions));
}

static void failed_scan(void)
{
    struct dwell dwell = connected();
    unsigned actions;
    ask(&dwell, second, &actions);
    CHECK_EQUAL(DWELL_FORGET, dwell_handle(&dwell, DWELL_SCAN_FAILED, second + 120000));
    CHECK_EQUAL(DWELL_HOME, dwell.state);
    CHECK_EQUAL(DWELL_IS_BUSY, ask(&dwell, second + 121000, &actions)); // whose scan failed is not said
}

static void refused_scan(void)
{
    struct dwell dwell = connected();
    unsigned actions;
    ask(&dwell, second, &actions);
    dwell_refused(&dwell);
    CHECK_EQUAL(DWELL_BEGINS, ask(&dwell, second, &actions));
}

static void arming_is_tried_again(void)
{
    struct dwell dwell;
    memset(&dwell, 0, sizeof dwell);
    CHECK_EQUAL(0, dwell_poll(&dwell, 0));
    CHECK_EQUAL(DWELL_ARM, dwell_handle(&dwell, DWELL_STARTED, 0));
    dwell_armed(&dwell, 0);
    CHECK_EQUAL(DWELL_ARM, dwell_poll(&dwell, 1));
    dwell_armed(&dwell, 1);
    CHECK_EQUAL(0, dwell_poll(&dwell, 2));
    dwell_handle(&dwell, DWELL_STOPPED, 3);
    dwell_armed(&dwell, 1); // the news of an arming that the stop has overtaken
    CHECK_EQUAL(0, dwell.is_armed);
    CHECK_EQUAL(0, dwell_handle(&dwell, DWELL_CONNECTED, 4));
}

int main(void)
{
    check_run("a dwell needs a driver and a link", needs_a_link);
    check_run("a dwell keeps the next one waiting until its scan is done", busy_until_done);
    check_run("the end of somebody else's scan frees no results, and leaves time to fetch them", others_scans_are_left_alone);
    check_run("a scan that another cuts short ends the dwell and leaves the other alone", others_may_cut_in);
    check_run("a dwell needs reception", needs_reception);
    check_run("a lost link ends the dwell, so that the driver can connect again", link_comes_first);
    check_run("a dwell whose event is lost ends by the clock", lost_event);
    check_run("a failed scan ends the dwell, and the next one waits until none can run", failed_scan);
    check_run("after a refused scan the next request is free", refused_scan);
    check_run("promiscuous reception that could not be switched on is tried again", arming_is_tried_again);
    check_run("every order of 8 events: never stuck, never two scans, armed again", every_order);
    check_run("every state with events that come late: likewise", every_state);
    return check_summary();
}
