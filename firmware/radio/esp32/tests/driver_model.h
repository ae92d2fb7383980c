// A driver with its clock, the queue of its events, and the dwell's machine at its end.
#ifndef DRIVER_MODEL_H
#define DRIVER_MODEL_H

#include "dwell.h"

enum { MODEL_DWELL_MS = 120, MODEL_QUEUE = 3 };

struct model {
    struct dwell dwell;
    uint64_t now_us, scan_began_us;
    uint64_t waiting_since_us; // the oldest event of the queue
    uint8_t is_on, is_connected, is_promiscuous, is_scanning;
    uint8_t is_others_scan;    // the app's own scan runs
    uint8_t had_others;        // there was one
    uint8_t harms_others;      // the machine stopped it
    uint8_t is_prompt;         // events are not queued but arrive at once
    uint8_t is_scan_unheard;   // the end of a scan is in the queue
    uint8_t two_scans;         // the machine wanted a second one
    uint8_t queued;
    uint8_t queue[MODEL_QUEUE]; // dwell_event
};

// What may happen. What cannot, at the moment, does nothing.
void model_start(struct model *model);
void model_stop(struct model *model); // a scan dies with it, without an event
void model_restart(struct model *model);
void model_connect(struct model *model);
void model_disconnect(struct model *model); // also an attempt to connect that fails
void model_end_scan(struct model *model);
void model_begin(struct model *model);
void model_others_begin(struct model *model); // the app's own scan: the driver gives up the one that runs for it, and says so
void model_others_end(struct model *model);
void model_deliver(struct model *model);       // the oldest event
void model_time_of_a_dwell(struct model *model);
void model_long_silence(struct model *model);  // a scan ends in it and nobody is told; then the poll of each second

// Whatever has happened: once there is a link and time has gone by, the next request is a scan.
int model_is_stuck(struct model model);

#endif
