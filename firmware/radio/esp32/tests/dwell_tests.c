// The dwell's state machine against a model of the driver: every order of events, not some.
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "dwell.h"

enum { DWELL_MS = 120, DEPTH = 8 };

// A driver, its clock and the machine. What the driver does reaches the machine as an event at once.
struct world {
    struct dwell dwell;
    uint64_t now_us, scan_ends_us;
    uint8_t is_on, is_connected, is_promiscuous, is_scanning;
    uint8_t two_scans; // the machine wanted a second one
};

static void act(struct world *world, unsigned actions);

static void tell(struct world *world, enum dwell_event event)
{
    act(world, dwell_handle(&world->dwell, event, world->now_us));
}

static void end_scan(struct world *world)
{
    if (world->is_scanning) {
        world->is_scanning = 0;
        tell(world, world->now_us < world->scan_ends_us ? DWELL_SCAN_FAILED : DWELL_SCAN_DONE);
    }
}

static void scan(struct world *world)
{
    if (!world->is_on || world->is_scanning) {
        world->two_scans |= world->is_scanning;
        dwell_refused(&world->dwell);
        return;
    }
    world->is_scanning = 1;
    world->scan_ends_us = world->now_us + DWELL_MS * 1000;
}

static void act(struct world *world, unsigned actions)
{
    if (actions & DWELL_CANCEL) {
        end_scan(world);
    }
    if (actions & DWELL_ARM) {
        world->is_promiscuous = world->is_on;
        dwell_armed(&world->dwell, world->is_on);
    }
    if (actions & DWELL_SCAN) {
        scan(world);
    }
}

static void start(struct world *world)
{
    if (!world->is_on) {
        world->is_on = 1;
        tell(world, DWELL_STARTED);
    }
}

// A scan dies with the driver without an event.
static void stop(struct world *world)
{
    if (world->is_on) {
        world->is_on = world->is_connected = world->is_promiscuous = world->is_scanning = 0;
        tell(world, DWELL_STOPPED);
    }
}

static void restart(struct world *world)
{
    stop(world);
    start(world);
}

static void connect(struct world *world)
{
    if (world->is_on) {
        world->is_connected = 1;
        tell(world, DWELL_CONNECTED);
    }
}

// Also of an attempt to connect that fails.
static void disconnect(struct world *world)
{
    if (world->is_on) {
        world->is_connected = 0;
        tell(world, DWELL_DISCONNECTED);
    }
}

static void begin(struct world *world)
{
    unsigned actions = 0;
    dwell_begin(&world->dwell, DWELL_MS, world->now_us, &actions);
    act(world, actions);
}

static void time_of_a_dwell(struct world *world)
{
    world->now_us += DWELL_MS * 1000;
}

// Long enough for a scan's event to be lost: what the driver does in that time, it tells nobody.
static void long_silence(struct world *world)
{
    world->now_us += (DWELL_MS + DWELL_MARGIN_MS) * 1000;
    world->is_scanning = 0;
    act(world, dwell_poll(&world->dwell, world->now_us));
}

static void (*const steps[])(struct world *) = {
    start, stop, restart, connect, disconnect, end_scan, begin, time_of_a_dwell, long_silence,
};
static const char *const names[] = {
    "start", "stop", "restart", "connect", "disconnect", "scan-done", "begin", "time", "silence",
};
enum { STEPS = sizeof steps / sizeof *steps };

static int path[DEPTH];
static unsigned long long sequences;

static void report(const char *what, int depth)
{
    printf("%s after:", what);
    for (int i = 0; i < depth; i++) {
        printf(" %s", names[path[i]]);
    }
    printf("\n");
    CHECK(0);
}

// Whatever has happened: once there is a link and time has gone by, the next request is a scan.
static int is_stuck(struct world world)
{
    start(&world);
    connect(&world);
    long_silence(&world);
    begin(&world);
    return !world.is_scanning || !world.is_promiscuous;
}

static void check(const struct world *world, int depth)
{
    if (world->two_scans) {
        report("two scans", depth);
    }
    if (world->is_promiscuous != world->is_on) {
        report("not listening, or said to be", depth);
    }
    if (world->dwell.is_armed != world->is_promiscuous) {
        report("promiscuous mode and the machine's idea of it differ", depth);
    }
    if (is_stuck(*world)) {
        report("stuck", depth);
    }
}

static void walk(const struct world *before, int depth)
{
    if (depth == DEPTH) {
        sequences++;
        return;
    }
    for (int i = 0; i < STEPS; i++) {
        struct world world = *before;
        path[depth] = i;
        steps[i](&world);
        check(&world, depth + 1);
        walk(&world, depth + 1);
    }
}

static void every_order(void)
{
    struct world world = {.now_us = 1000000};
    walk(&world, 0);
    printf("dwell: %llu sequences of %d steps out of %d, no two scans, none stuck, armed whenever the driver runs\n", sequences,
           DEPTH, STEPS);
    CHECK(sequences == 43046721ULL);
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
    ask(&dwell, second, &actions);
    CHECK_EQUAL(0, dwell_handle(&dwell, DWELL_SCAN_DONE, second + 119999)); // too early to be ours
    CHECK_EQUAL(DWELL_AWAY, dwell.state);
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
    CHECK_EQUAL(DWELL_FORGET, dwell_handle(&dwell, DWELL_SCAN_FAILED, second + 1000));
    CHECK_EQUAL(DWELL_HOME, dwell.state);
    CHECK_EQUAL(DWELL_IS_BUSY, ask(&dwell, second + 2000, &actions)); // whose scan failed is not said
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
    check_run("the end of somebody else's scan ends no dwell and frees no results", others_scans_are_left_alone);
    check_run("a lost link ends the dwell, so that the driver can connect again", link_comes_first);
    check_run("a dwell whose event is lost ends by the clock", lost_event);
    check_run("a failed scan ends the dwell, and the next one waits until none can run", failed_scan);
    check_run("after a refused scan the next request is free", refused_scan);
    check_run("promiscuous reception that could not be switched on is tried again", arming_is_tried_again);
    check_run("every order of 8 events: never stuck, never two scans, armed again", every_order);
    return check_summary();
}
