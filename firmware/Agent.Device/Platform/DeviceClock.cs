using System;
using GatewayAgent.Ports;

namespace GatewayAgent.Device.Platform;

/// <summary>The runtime's clocks: milliseconds since boot, and the wall clock once it has been set.</summary>
public sealed class DeviceClock : IClock
{
    private const long TicksPerSecond = 10000000;
    private const long UnixEpochTicks = 621355968000000000;

    // 2024-01-01: a clock before that was never set.
    private const long FirstPlausible = 1704067200;

    public long UptimeMs => Environment.TickCount64;

    public uint UnixSeconds
    {
        get
        {
            long unix = (DateTime.UtcNow.Ticks - UnixEpochTicks) / TicksPerSecond;
            return unix < FirstPlausible ? 0 : (uint)unix;
        }
    }
}
