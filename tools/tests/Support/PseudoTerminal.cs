using System.Runtime.InteropServices;

namespace GatewayAgent.Tests.Support;

/// <summary>A serial line without a cable: what is written to it here is read from <see cref="Path"/>, as from a port, and the other way round.</summary>
internal sealed unsafe partial class PseudoTerminal : IDisposable
{
    private const int ReadWrite = 2, NoControllingTerminal = 0x100, CloseOnExec = 0x80000;
    private const int TermiosBytes = 256, NameBytes = 64, ErrInterrupted = 4;
    private const short PollIn = 1;

    private int _master;

    public PseudoTerminal()
    {
        _master = OpenMaster(ReadWrite | NoControllingTerminal | CloseOnExec);
        byte* name = stackalloc byte[NameBytes];
        byte* termios = stackalloc byte[TermiosBytes];
        Assert.True(_master >= 0 && Grant(_master) == 0 && Unlock(_master) == 0 && Name(_master, name, NameBytes) == 0, "no pseudo-terminal");
        Path = Marshal.PtrToStringUTF8((nint)name)!;

        // Otherwise what is written before somebody opens the port comes back as an echo.
        Assert.Equal(0, GetAttributes(_master, termios));
        MakeRaw(termios);
        Assert.Equal(0, SetAttributes(_master, 0, termios));
    }

    /// <summary>Of the port that a program under test opens.</summary>
    public string Path { get; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            fixed (byte* start = bytes)
            {
                nint count = Write(_master, start, (nuint)bytes.Length);
                Assert.True(count > 0, "the pseudo-terminal takes nothing");
                bytes = bytes[(int)count..];
            }
        }
    }

    /// <summary>Waits for bytes of the program under test.</summary>
    /// <returns>How many; 0 = none in time, or nobody has the port open.</returns>
    public int Read(Span<byte> buffer, TimeSpan patience)
    {
        var entry = new PollEntry { Descriptor = _master, Events = PollIn };
        int ready;
        do
        {
            ready = Poll(&entry, 1, (int)patience.TotalMilliseconds);
        }
        while (ready < 0 && Marshal.GetLastPInvokeError() == ErrInterrupted);

        fixed (byte* start = buffer)
        {
            return ready > 0 ? Math.Max(0, (int)Read(_master, start, (nuint)buffer.Length)) : 0;
        }
    }

    /// <summary>Pulls the cable.</summary>
    public void Dispose()
    {
        int master = Interlocked.Exchange(ref _master, -1);
        if (master >= 0)
        {
            _ = Close(master);
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_openpt")]
    private static partial int OpenMaster(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt")]
    private static partial int Grant(int master);

    [LibraryImport("libc", EntryPoint = "unlockpt")]
    private static partial int Unlock(int master);

    [LibraryImport("libc", EntryPoint = "ptsname_r")]
    private static partial int Name(int master, byte* name, nuint size);

    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    private static partial int GetAttributes(int descriptor, byte* termios);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    private static partial int SetAttributes(int descriptor, int when, byte* termios);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void MakeRaw(byte* termios);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(PollEntry* entries, nuint count, int timeoutMs);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
