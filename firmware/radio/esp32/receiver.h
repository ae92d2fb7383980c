// The promiscuous receiver: frames from the driver into the core. Its callback runs in the driver's task, above the CLR:
// it allocates nothing, logs nothing, and waits for nothing but the short critical sections.
#ifndef RECEIVER_H
#define RECEIVER_H

#include "esp_err.h"
#include "radio_core.h"

// The one core. Empty until receiver_init.
struct radio_core *receiver_core(void);

void receiver_init(void);

// Switches promiscuous reception on, with its filter and callback; again, when it is on. The driver forgets all three when it
// is deinitialised.
esp_err_t receiver_arm(void);

#endif
