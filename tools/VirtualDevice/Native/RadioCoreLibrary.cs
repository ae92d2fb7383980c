using System.Runtime.InteropServices;

namespace GatewayAgent.VirtualDevice.Native;

/// <summary>The functions of radio_core.h.</summary>
internal static unsafe partial class RadioCoreLibrary
{
    private const string Library = "gatewayradio";

    [LibraryImport(Library, EntryPoint = "radio_core_size")]
    public static partial nuint Size();

    [LibraryImport(Library, EntryPoint = "radio_core_init")]
    public static partial void Init(void* core, void* radioLock);

    [LibraryImport(Library, EntryPoint = "radio_core_frame")]
    public static partial void Frame(void* core, in FrameInfo info, byte* frame, uint length);

    [LibraryImport(Library, EntryPoint = "radio_core_dwell")]
    public static partial void Dwell(void* core, byte channel, uint us);

    [LibraryImport(Library, EntryPoint = "radio_core_read_channels")]
    public static partial int ReadChannels(void* core, byte* buffer, int capacity, int clear);

    [LibraryImport(Library, EntryPoint = "radio_core_read_aps")]
    public static partial int ReadAps(void* core, byte* buffer, int capacity, ulong nowUs);

    [LibraryImport(Library, EntryPoint = "radio_core_bss_load")]
    public static partial int BssLoad(void* core, byte* bssid, ulong nowUs, out BssLoad load);

    [LibraryImport(Library, EntryPoint = "radio_core_read_totals")]
    public static partial int ReadTotals(void* core, byte* buffer, int capacity);
}
