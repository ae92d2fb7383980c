namespace nanoFramework.Runtime.Native;

/// <summary>Names the host build as the platform.</summary>
public static class SystemInfo
{
    public static Version Version { get; } = new(1, 17, 11, 0);

    public static string OEMString => "GatewayAgent NanoHost";

    public static string Platform => "HOST";

    public static string TargetName => "NANOHOST";
}
