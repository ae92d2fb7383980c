using System.Runtime.InteropServices;

namespace GatewayAgent.VirtualDevice.Native;

/// <summary>
/// One radio core (firmware/radio/core) in native memory: the code that the boards run, one instance a node. Calls may come from any
/// thread.
/// </summary>
public sealed unsafe class RadioCore : IDisposable
{
    /// <summary>Bytes of a channel record, an AP record and the totals.</summary>
    public const int ChannelBytes = 48, ApBytes = 16, TotalsBytes = 32;

    private readonly Lock _gate = new();
    private void* _core;

    public RadioCore()
    {
        _core = NativeMemory.AlignedAlloc(RadioCoreLibrary.Size(), sizeof(ulong));
        RadioCoreLibrary.Init(_core, null);
    }

    ~RadioCore() => Free();

    /// <summary>Takes one received frame, from its frame control field on.</summary>
    public void Frame(in FrameInfo info, ReadOnlySpan<byte> frame)
    {
        // An empty span has no address, and the core wants one even when it reads nothing from there.
        byte nothing = 0;
        fixed (byte* bytes = frame)
        {
            lock (_gate)
            {
                RadioCoreLibrary.Frame(Core(), info, frame.IsEmpty ? &nothing : bytes, (uint)frame.Length);
            }
        }
    }

    /// <summary>Adds time listened on a channel. Channels unknown to the core are ignored.</summary>
    /// <param name="us">Microseconds.</param>
    public void Dwell(int channel, long us)
    {
        lock (_gate)
        {
            RadioCoreLibrary.Dwell(Core(), (byte)channel, (uint)Math.Clamp(us, 0, uint.MaxValue));
        }
    }

    /// <summary>Writes a record for each channel with dwell, frames or errors, ascending.</summary>
    /// <param name="clear">Starts the next window.</param>
    /// <returns>Records, or −1 when the buffer is too small.</returns>
    public int ReadChannels(Span<byte> records, bool clear)
    {
        fixed (byte* bytes = records)
        {
            lock (_gate)
            {
                return RadioCoreLibrary.ReadChannels(Core(), bytes, records.Length, clear ? 1 : 0);
            }
        }
    }

    /// <summary>Writes a record for each access point heard within the last hour, in no order.</summary>
    /// <returns>Records, or −1 when the buffer is too small.</returns>
    public int ReadAps(Span<byte> records, long nowUs)
    {
        fixed (byte* bytes = records)
        {
            lock (_gate)
            {
                return RadioCoreLibrary.ReadAps(Core(), bytes, records.Length, (ulong)nowUs);
            }
        }
    }

    /// <summary>The newest BSS Load of an access point.</summary>
    /// <param name="bssid">Six bytes.</param>
    public BssLoad BssLoadOf(ReadOnlySpan<byte> bssid, long nowUs)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bssid.Length, 6);
        fixed (byte* bytes = bssid)
        {
            lock (_gate)
            {
                _ = RadioCoreLibrary.BssLoad(Core(), bytes, (ulong)nowUs, out BssLoad load);
                return load;
            }
        }
    }

    /// <summary>Writes the totals since boot.</summary>
    /// <returns>Bytes, or −1 when the buffer is too small.</returns>
    public int ReadTotals(Span<byte> record)
    {
        fixed (byte* bytes = record)
        {
            lock (_gate)
            {
                return RadioCoreLibrary.ReadTotals(Core(), bytes, record.Length);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            Free();
        }

        GC.SuppressFinalize(this);
    }

    private void* Core()
    {
        ObjectDisposedException.ThrowIf(_core == null, this);
        return _core;
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_core);
        _core = null;
    }
}
