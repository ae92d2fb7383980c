using System.Runtime.InteropServices;

namespace GatewayAgent.Mosquitto;

/// <summary>The Linux calls beneath the event loop and the broker's process.</summary>
internal static unsafe partial class SystemCalls
{
    internal const short PollIn = 0x001;
    internal const short PollOut = 0x004;

    internal const int ErrInterrupted = 4;

    internal const int EventFdNonBlockCloseOnExec = 0x80800;

    internal const int SigTerm = 15;
    internal const int SigCont = 18;
    internal const int SigStop = 19;

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    internal static partial int Poll(PollFd* descriptors, nuint count, int timeoutMs);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    internal static partial int EventFd(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    internal static partial nint Read(int descriptor, void* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    internal static partial nint Write(int descriptor, void* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    internal static partial int Kill(int process, int signal);

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct PollFd
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
