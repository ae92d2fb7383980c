using GatewayAgent.Device.Radio;
using GatewayAgent.Ports;
using nanoFramework.Hardware.Esp32;

namespace GatewayAgent.Device.Platform;

/// <summary>Heaps and reset cause. The native assembly tells more; stock images do not tell the reset cause.</summary>
public sealed class DeviceHealth : IHealth
{
    private readonly InteropRadio _native;

    /// <param name="native">Null on stock images.</param>
    public DeviceHealth(InteropRadio native)
    {
        _native = native;
    }

    public int ManagedFreeKib => (int)(nanoFramework.Runtime.Native.GC.Run(false) / 1024);

    public int NativeFreeKib
    {
        get
        {
            if (_native != null)
            {
                return _native.InternalFreeKib();
            }

            NativeMemory.GetMemoryInfo(NativeMemory.MemoryType.Internal, out _, out uint free, out _);
            return (int)(free / 1024);
        }
    }

    public int ResetCause => _native == null ? 0 : _native.ResetReason();
}
