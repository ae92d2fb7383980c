using GatewayAgent.NanoHost;

namespace nanoFramework.Hardware.Esp32;

/// <summary>The native heap of the virtual node. As on the device asking allocates nothing.</summary>
public class NativeMemory
{
    /// <summary>Values as on the device.</summary>
    public enum MemoryType
    {
        All = 0,
        Internal = 1,
        SpiRam = 2,
    }

    /// <summary>Bytes; a chip without PSRAM answers zeros for it.</summary>
    public static void GetMemoryInfo(MemoryType memType, out uint totalSize, out uint totalFreeSize, out uint largestFreeBlock)
    {
        VirtualMemory memory = NanoContext.Current.Memory;
        uint psramShare = memType == MemoryType.Internal ? 0u : 1u;
        uint internalShare = memType == MemoryType.SpiRam ? 0u : 1u;
        totalSize = (internalShare * memory.NativeTotal) + (psramShare * memory.PsramTotal);
        totalFreeSize = (internalShare * memory.NativeFree) + (psramShare * memory.PsramFree);
        largestFreeBlock = System.Math.Max(internalShare * memory.NativeLargestBlock, psramShare * memory.PsramFree);
    }
}
