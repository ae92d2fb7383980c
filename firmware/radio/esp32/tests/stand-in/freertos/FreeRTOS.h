// A spinlock between cores is a mutex between threads here.
#ifndef FREERTOS_H
#define FREERTOS_H

#include <pthread.h>

typedef pthread_mutex_t portMUX_TYPE;

#define portMUX_INITIALIZER_UNLOCKED PTHREAD_MUTEX_INITIALIZER

void idf_enter_critical(portMUX_TYPE *mux);
void idf_exit_critical(portMUX_TYPE *mux);

#define portENTER_CRITICAL(mux) idf_enter_critical(mux)
#define portEXIT_CRITICAL(mux) idf_exit_critical(mux)

#endif
