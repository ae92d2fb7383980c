using GatewayAgent.Ports;

namespace GatewayAgent.Survival;

/// <summary>
/// Notices that the heaps have run low: the Wi-Fi and MQTT layers of the platform lose native memory with each connection. One low
/// look is nothing, a handshake may be under way; several in a row are.
/// </summary>
public sealed class HeapWatch
{
    private readonly IHealth _health;
    private long _nextLook;
    private int _lowLooks;

    /// <param name="health">Asked from the supervisor's thread.</param>
    public HeapWatch(IHealth health)
    {
        _health = health;
    }

    /// <summary>Looks when a look is due.</summary>
    /// <param name="uptime">Milliseconds since the start; grows from call to call.</param>
    /// <returns>What is low, when this look was at least the <see cref="Limits.HeapLooks"/>th low one in a row; else null.</returns>
    public string Look(long uptime)
    {
        if (uptime < _nextLook)
        {
            return null;
        }

        _nextLook = uptime + Limits.HeapLookMs;
        int native = _health.NativeFreeKib, managed = _health.ManagedFreeKib;
        if (!IsBelow(native, Limits.NativeFloorKib) && !IsBelow(managed, Limits.ManagedFloorKib))
        {
            _lowLooks = 0;
            return null;
        }

        _lowLooks++;
        if (_lowLooks < Limits.HeapLooks)
        {
            return null;
        }

        return "heap low: native " + native.ToString() + ", managed " + managed.ToString() + " KiB free";
    }

    // Unknown is not low.
    private static bool IsBelow(int free, int floor) => free >= 0 && free < floor;
}
