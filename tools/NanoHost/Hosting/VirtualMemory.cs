namespace GatewayAgent.NanoHost;

/// <summary>Memory of a virtual node, bytes. The defaults are those of an ESP32 without PSRAM that runs the agent.</summary>
public sealed class VirtualMemory
{
    public uint ManagedFree { get; set; } = 64 * 1024;

    public uint NativeTotal { get; set; } = 280 * 1024;

    public uint NativeFree { get; set; } = 120 * 1024;

    public uint NativeLargestBlock { get; set; } = 60 * 1024;

    public uint PsramTotal { get; set; }

    public uint PsramFree { get; set; }
}
