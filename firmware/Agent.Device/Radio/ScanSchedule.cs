using GatewayAgent.Ports;

namespace GatewayAgent.Device.Radio;

/// <summary>When a stock image's radio scans: rarely, rather not while the uplink is in use, and ever more rarely while it comes to nothing.</summary>
internal sealed class ScanSchedule
{
    // A scan listens 500 ms to each of 14 channels: seven seconds without the uplink, and a report on the heap. Four of them an hour cost
    // 0.8 % of the time, and say in time when a node was moved.
    private const int PeriodMs = 15 * 60 * 1000;

    // Whoever carries the node takes a few steps, and waits: 13 s to go, 7 s to hear.
    private const int OftenMs = 20 * 1000;

    // With 5 GHz a scan takes longer than that: the uplink needs its time, too.
    private const int RestMs = 10 * 1000;

    // A connection comes about in seconds, or there is a reason why it does not.
    private const int FirstPauseMs = 15 * 1000;

    private long _last;
    private long _ended = -RestMs;
    private int _pause;
    private int _backOff;

    public bool IsDue(long now, ScanWish wish)
    {
        if (now - _ended < RestMs)
        {
            return false;
        }

        long waited = now - _last;
        switch (wish)
        {
            case ScanWish.Often: return waited >= (_pause < OftenMs ? _pause : OftenMs);
            case ScanWish.Rarely: return waited >= _pause;
            default: return waited >= _pause + Limits.BusyHoldOffMs;
        }
    }

    public void Begun(long now)
    {
        _last = now;
        _pause = PeriodMs;
    }

    /// <summary>A scan gave its report: only now the radio works again.</summary>
    public void Ended(long now)
    {
        _ended = now;
        _backOff = 0;
    }

    /// <summary>The radio had no time, or what it began came to no end, or to no good one.</summary>
    public void Refused(long now)
    {
        _last = now;
        _backOff = _backOff == 0 ? FirstPauseMs : _backOff * 2;
        _backOff = _backOff < PeriodMs ? _backOff : PeriodMs;
        _pause = _backOff;
    }
}
