using GatewayAgent.NanoHost;

namespace nanoFramework.Runtime.Native;

/// <summary>The heap of the virtual node, not of this process.</summary>
public static class GC
{
    /// <returns>Free bytes of the managed heap.</returns>
    public static uint Run(bool compactHeap) => NanoContext.Current.Memory.ManagedFree;
}
