#include "driver_model.h"

#include <string.h>

static const uint64_t millisecond = 1000;

static void act(struct model *model, unsigned actions);

static void handle(struct model *model, enum dwell_event event)
{
    act(model, dwell_handle(&model->dwell, event, model->now_us));
}

static int has_room(const struct model *model, int events)
{
    return model->is_prompt || model->queued + events <= MODEL_QUEUE;
}

static void tell(struct model *model, enum dwell_event event)
{
    if (model->is_prompt) {
        handle(model, event);
        return;
    }
    if (model->queued == MODEL_QUEUE) {
        return; // lost; only the end of a scan that the machine itself stops comes to this
    }
    if (model->queued == 0) {
        model->waiting_since_us = model->now_us;
    }
    model->queue[model->queued++] = (uint8_t)event;
    model->is_scan_unheard |= event == DWELL_SCAN_DONE || event == DWELL_SCAN_FAILED;
}

static void end_scan(struct model *model)
{
    if (model->is_scanning) {
        model->is_scanning = 0;
        int is_complete = model->now_us >= model->scan_began_us + MODEL_DWELL_MS * millisecond;
        tell(model, is_complete ? DWELL_SCAN_DONE : DWELL_SCAN_FAILED);
    }
}

static void scan(struct model *model)
{
    if (!model->is_on || model->is_scanning || model->is_others_scan) {
        model->two_scans |= model->is_scanning;
        dwell_refused(&model->dwell); // the glue has asked the driver
        return;
    }
    model->is_scanning = 1;
    model->scan_began_us = model->now_us;
}

static void act(struct model *model, unsigned actions)
{
    if (actions & DWELL_CANCEL) {
        model->harms_others |= model->is_others_scan;
        end_scan(model);
    }
    if (actions & DWELL_ARM) {
        model->is_promiscuous = model->is_on;
        dwell_armed(&model->dwell, model->is_on);
    }
    if (actions & DWELL_SCAN) {
        scan(model);
    }
}

void model_start(struct model *model)
{
    if (!model->is_on && has_room(model, 1)) {
        model->is_on = 1;
        tell(model, DWELL_STARTED);
    }
}

void model_stop(struct model *model)
{
    if (model->is_on && has_room(model, 1)) {
        model->is_on = model->is_connected = model->is_promiscuous = model->is_scanning = model->is_others_scan = 0;
        tell(model, DWELL_STOPPED);
    }
}

void model_restart(struct model *model)
{
    if (has_room(model, 2)) {
        model_stop(model);
        model_start(model);
    }
}

void model_connect(struct model *model)
{
    if (model->is_on && has_room(model, 1)) {
        model->is_connected = 1;
        tell(model, DWELL_CONNECTED);
    }
}

void model_disconnect(struct model *model)
{
    if (model->is_on && has_room(model, 1)) {
        model->is_connected = 0;
        tell(model, DWELL_DISCONNECTED);
    }
}

void model_end_scan(struct model *model)
{
    if (has_room(model, 1)) {
        end_scan(model);
    }
}

// Whether a scan that was given up for another counts as complete is not documented: here it does.
void model_others_begin(struct model *model)
{
    if (model->is_on && !model->is_others_scan && has_room(model, 1)) {
        int gave_up = model->is_scanning;
        model->is_scanning = 0;
        model->is_others_scan = 1;
        model->had_others = 1;
        if (gave_up) {
            tell(model, DWELL_SCAN_DONE);
        }
    }
}

void model_others_end(struct model *model)
{
    if (model->is_others_scan && has_room(model, 1)) {
        model->is_others_scan = 0;
        tell(model, DWELL_SCAN_DONE);
    }
}

void model_begin(struct model *model)
{
    unsigned actions = 0;
    dwell_begin(&model->dwell, MODEL_DWELL_MS, model->now_us, &actions);
    act(model, actions);
}

void model_deliver(struct model *model)
{
    if (model->queued != 0) {
        enum dwell_event event = (enum dwell_event)model->queue[0];
        model->queued--;
        memmove(model->queue, model->queue + 1, model->queued);
        model->queue[model->queued] = 0;
        if (event == DWELL_SCAN_DONE || event == DWELL_SCAN_FAILED) {
            model->is_scan_unheard = 0;
        }
        handle(model, event);
    }
}

// A scan and the news of its end take no longer than the margin; nor does any other event wait for longer.
static int may_pass(const struct model *model, uint64_t us)
{
    uint64_t then = model->now_us + us;
    uint64_t margin = DWELL_MARGIN_MS * millisecond;
    int is_late = model->queued != 0 && then >= model->waiting_since_us + margin;
    int is_long = (model->is_scanning || model->is_scan_unheard) &&
                  then >= model->scan_began_us + MODEL_DWELL_MS * millisecond + margin;
    return !is_late && !is_long;
}

void model_time_of_a_dwell(struct model *model)
{
    if (may_pass(model, MODEL_DWELL_MS * millisecond)) {
        model->now_us += MODEL_DWELL_MS * millisecond;
    }
}

void model_long_silence(struct model *model)
{
    if (model->queued == 0) {
        model->now_us += (MODEL_DWELL_MS + DWELL_MARGIN_MS) * millisecond;
        model->is_scanning = model->is_others_scan = 0;
        act(model, dwell_poll(&model->dwell, model->now_us));
    }
}

int model_is_stuck(struct model model)
{
    while (model.queued != 0) {
        model_deliver(&model);
    }
    model.is_prompt = 1;
    model_start(&model);
    model_connect(&model);
    model_long_silence(&model);
    model_begin(&model);
    return !model.is_scanning || !model.is_promiscuous;
}
