#include "listening.h"

static uint64_t least(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

static uint32_t saturated(uint64_t us)
{
    return (uint32_t)least(us, UINT32_MAX);
}

struct listened listening_settle(struct listening *listening, uint64_t now_us)
{
    struct listened listened = {{listening->home, listening->away}, {0, 0}};
    uint64_t elapsed = now_us > listening->since_us ? now_us - listening->since_us : 0;
    uint64_t away = 0;
    if (listening->away && listening->away_until_us > listening->since_us) {
        away = least(elapsed, listening->away_until_us - listening->since_us);
    }
    listened.us[0] = saturated(elapsed - away);
    listened.us[1] = saturated(away);
    listening->since_us += elapsed;
    return listened;
}

struct listened listening_set_home(struct listening *listening, uint8_t channel, uint64_t now_us)
{
    struct listened listened = listening_settle(listening, now_us);
    listening->home = channel;
    return listened;
}

struct listened listening_leave(struct listening *listening, uint8_t channel, uint32_t milliseconds, uint64_t now_us)
{
    struct listened listened = listening_settle(listening, now_us);
    listening->away = channel;
    listening->away_until_us = now_us + milliseconds * UINT64_C(1000);
    return listened;
}

struct listened listening_return(struct listening *listening, uint64_t now_us)
{
    struct listened listened = listening_settle(listening, now_us);
    listening->away = 0;
    return listened;
}

uint8_t listening_channel(const struct listening *listening, uint64_t now_us)
{
    return listening->away && now_us < listening->away_until_us ? listening->away : listening->home;
}
