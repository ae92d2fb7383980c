// When the radio may leave its channel, as a state machine without a clock or a driver of its own: events of the driver and
// requests in, actions out. The caller runs the actions after it has left its critical section, in the order of their bits.
#ifndef DWELL_H
#define DWELL_H

#include <stdint.h>

// How much longer than asked for a scan may take, ms: the way there and back, and the way of its event through the queue.
#define DWELL_MARGIN_MS 1000

// Shorter than a beacon interval tells little; IDF advises against scans beyond 1500 ms, for which an AP may drop the link.
#define DWELL_MIN_MS 20
#define DWELL_MAX_MS 1500

enum dwell_event {
    DWELL_STARTED,      // the driver runs, or runs again
    DWELL_STOPPED,
    DWELL_CONNECTED,
    DWELL_DISCONNECTED,
    DWELL_SCAN_DONE,    // a scan has come to its end; whose, it does not say
    DWELL_SCAN_FAILED,  // likewise, before its end
};

enum dwell_action {
    DWELL_CANCEL = 1, // stop the scan that runs
    DWELL_FORGET = 2, // free the results that the driver keeps, unless it scans
    DWELL_ARM = 4,    // switch promiscuous reception on; report by dwell_armed
    DWELL_SCAN = 8,   // scan the channel of the request; when the driver refuses or scans for another, report by dwell_refused
};

enum dwell_state {
    DWELL_OFF,
    DWELL_HOME,
    DWELL_AWAY,
};

// All 0 = off.
struct dwell {
    enum dwell_state state;
    uint8_t is_connected;
    uint8_t is_armed;
    uint64_t away_until_us; // before that, a scan of ours does not end by itself
    uint64_t busy_until_us; // before that, a scan of ours may still run, whatever events say or fail to say
};

// Returns the actions that an event calls for.
unsigned dwell_handle(struct dwell *dwell, enum dwell_event event, uint64_t now_us);

enum dwell_answer {
    DWELL_BEGINS,
    DWELL_IS_BUSY,
    DWELL_NOT_CONNECTED,
};

// Asks for a visit of a channel. DWELL_BEGINS goes with the action DWELL_SCAN.
enum dwell_answer dwell_begin(struct dwell *dwell, uint32_t milliseconds, uint64_t now_us, unsigned *actions);

// The driver did not begin the scan.
void dwell_refused(struct dwell *dwell);

// Whether promiscuous reception could be switched on.
void dwell_armed(struct dwell *dwell, int is_armed);

// Makes up for what failed or got lost. About once a second.
unsigned dwell_poll(struct dwell *dwell, uint64_t now_us);

#endif
