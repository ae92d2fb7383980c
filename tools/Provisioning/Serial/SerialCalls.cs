using System.Runtime.InteropServices;

namespace GatewayAgent.Provisioning.Serial;

/// <summary>The Linux calls beneath <see cref="SerialPort"/>. A termios is opaque but for the flags that cfmakeraw leaves alone.</summary>
internal static unsafe partial class SerialCalls
{
    internal const int OpenReadWrite = 2, OpenNoControllingTerminal = 0x100, OpenNonBlocking = 0x800, OpenCloseOnExec = 0x80000;
    internal const int ErrInterrupted = 4, ErrNoEntry = 2, ErrAgain = 11, ErrAccess = 13, ErrBusy = 16;

    internal const short PollIn = 1, PollOut = 4;

    /// <summary>More than a termios has on any architecture.</summary>
    internal const int TermiosBytes = 256;

    /// <summary>Offset of c_cflag, after c_iflag and c_oflag of four bytes each.</summary>
    internal const int ControlFlags = 8;

    /// <summary>c_cflag: receive; do not ask for a carrier; keep the lines as they are when the port is closed (not HUPCL).</summary>
    internal const uint Receive = 0x80, Local = 0x800, HangUpOnClose = 0x400;

    internal const int Now = 0, FlushInput = 0;
    internal const uint SetLines = 0x5416, ClearLines = 0x5417, ExclusiveUse = 0x540C;
    internal const int LineDtr = 2, LineRts = 4;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    internal static partial nint Read(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    internal static partial nint Write(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    internal static partial int Poll(PollEntry* entries, nuint count, int timeoutMs);

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    internal static partial int GetAttributes(int descriptor, byte* termios);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    internal static partial int SetAttributes(int descriptor, int when, byte* termios);

    [LibraryImport("libc", EntryPoint = "tcflush", SetLastError = true)]
    internal static partial int Flush(int descriptor, int queue);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    internal static partial void MakeRaw(byte* termios);

    [LibraryImport("libc", EntryPoint = "cfsetspeed", SetLastError = true)]
    internal static partial int SetSpeed(byte* termios, uint speed);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    internal static partial int DeviceControl(int descriptor, nuint request, int* argument);

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
