using GatewayAgent.Ports;

namespace GatewayAgent.Reporting;

/// <summary>The wall-clock time of the boot, by which uptimes become times.</summary>
internal static class BootTime
{
    /// <returns>Unix seconds, or 0 while the wall-clock time is not known.</returns>
    public static uint Of(IClock clock)
    {
        uint unix = clock.UnixSeconds;
        return unix == 0 ? 0 : unix - (uint)(clock.UptimeMs / 1000);
    }
}
