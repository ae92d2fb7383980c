// What a board reserves for its one core; for `make size` only.
#include "radio_state.h"

struct radio_core radio_reserved_core;
