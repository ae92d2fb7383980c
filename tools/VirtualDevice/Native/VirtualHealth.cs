using GatewayAgent.Ports;

namespace GatewayAgent.VirtualDevice.Native;

/// <summary>
/// State of a virtual board. A simulated one has the heap of an ESP32 without PSRAM, which sinks a little until a collection comes by;
/// a replayed capture tells nothing of a board, so there it is unknown.
/// </summary>
public sealed class VirtualHealth : IHealth
{
    private const int PowerOn = 1;
    private const int ManagedFullKib = 66, ManagedSinkKib = 9, NativeFullKib = 121, NativeSinkKib = 3;
    private const int CollectionPeriodSeconds = 420;

    private readonly IClock? _clock;

    private VirtualHealth(IClock? clock) => _clock = clock;

    /// <summary>No board: nothing is known.</summary>
    public static VirtualHealth Unknown { get; } = new(null);

    public int ManagedFreeKib => Sinking(ManagedFullKib, ManagedSinkKib);

    public int NativeFreeKib => Sinking(NativeFullKib, NativeSinkKib);

    public int ResetCause => _clock == null ? 0 : PowerOn;

    public static VirtualHealth Simulated(IClock clock) => new(clock);

    private int Sinking(int full, int sink) => _clock == null
        ? -1
        : full - (int)(_clock.UptimeMs / 1000 % CollectionPeriodSeconds * sink / CollectionPeriodSeconds);
}
