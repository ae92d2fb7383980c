namespace GatewayAgent.Uplink;

/// <summary>
/// For how long the collector's word may stay away before the oldest report goes again. The pause doubles with each try in vain, so that a
/// collector that is down does not double the traffic.
/// </summary>
internal sealed class AckPatience
{
    private const long NotWaiting = -1;

    private long _since = NotWaiting;
    private int _triesInVain;

    /// <summary>Something is with the broker: from now on there is something to wait for.</summary>
    public void Begin(long now)
    {
        if (_since == NotWaiting)
        {
            _since = now;
        }
    }

    /// <summary>True once when the patience is over; it begins anew, and is longer then.</summary>
    public bool TryEnd(long now)
    {
        int doublings = _triesInVain < Limits.AckTimeoutDoublings ? _triesInVain : Limits.AckTimeoutDoublings;
        if (_since == NotWaiting || now - _since < (long)Limits.AckTimeoutMs << doublings)
        {
            return false;
        }

        _since = now;
        _triesInVain++;
        return true;
    }

    /// <summary>The collector has acknowledged some of what is oldest.</summary>
    /// <param name="now">Uptime, ms.</param>
    /// <param name="isMoreHeld">There is still something to wait for.</param>
    /// <returns>True when a try was needed to hear it: then what is still held did not arrive.</returns>
    public bool Heard(long now, bool isMoreHeld)
    {
        bool wasTried = _triesInVain > 0;
        _triesInVain = 0;
        _since = isMoreHeld ? now : NotWaiting;
        return wasTried;
    }

    /// <summary>A connection begins: everything goes again.</summary>
    public void Restart()
    {
        _triesInVain = 0;
        _since = NotWaiting;
    }
}
