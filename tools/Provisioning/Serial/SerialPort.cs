using System.Diagnostics;
using System.Runtime.InteropServices;
using static GatewayAgent.Provisioning.Serial.SerialCalls;

namespace GatewayAgent.Provisioning.Serial;

/// <summary>
/// A serial port as bytes: 8 data bits, no parity, 1 stop bit, no flow control, nothing translated. Linux only. One thread reads; another may
/// write. Nothing is left waiting for ever: each call has a time limit.
/// </summary>
public sealed unsafe class SerialPort : IDisposable
{
    public const int StandardBaud = 115200;

    // The kernel's codes of the speeds (asm-generic/termbits.h).
    private static readonly Dictionary<int, uint> _speeds = new()
    {
        [9600] = 0x0D,
        [19200] = 0x0E,
        [38400] = 0x0F,
        [57600] = 0x1001,
        [115200] = 0x1002,
        [230400] = 0x1003,
        [460800] = 0x1004,
        [921600] = 0x1007,
        [1500000] = 0x100A,
        [2000000] = 0x100B,
    };

    private int _descriptor;

    private SerialPort(string path, int descriptor)
    {
        Path = path;
        _descriptor = descriptor;
    }

    /// <summary>Speeds that <see cref="Open"/> takes, bits a second.</summary>
    public static IEnumerable<int> Speeds => _speeds.Keys;

    public string Path { get; }

    /// <summary>Opens a port for us alone, and drops what it received before.</summary>
    /// <param name="path">Such as <c>/dev/ttyUSB0</c>.</param>
    /// <param name="baud">One of <see cref="Speeds"/>.</param>
    /// <exception cref="SerialException">It is not there, not allowed, in use, or no serial port.</exception>
    public static SerialPort Open(string path, int baud = StandardBaud)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new SerialException("serial ports are spoken to on Linux only");
        }

        if (!_speeds.TryGetValue(baud, out uint speed))
        {
            throw new SerialException($"{baud} is no speed of a serial port: {string.Join(", ", Speeds)}");
        }

        int descriptor = SerialCalls.Open(path, OpenReadWrite | OpenNoControllingTerminal | OpenNonBlocking | OpenCloseOnExec);
        if (descriptor < 0)
        {
            throw Refused(path);
        }

        var port = new SerialPort(path, descriptor);
        try
        {
            port.Configure(speed);
            return port;
        }
        catch
        {
            port.Dispose();
            throw;
        }
    }

    /// <summary>Waits for bytes.</summary>
    /// <returns>How many came; 0 = none in time.</returns>
    /// <exception cref="SerialException">The port is gone: unplugged, or the other side closed.</exception>
    public int Read(Span<byte> buffer, TimeSpan patience)
    {
        if (!Wait(PollIn, patience))
        {
            return 0;
        }

        fixed (byte* bytes = buffer)
        {
            nint count = SerialCalls.Read(_descriptor, bytes, (nuint)buffer.Length);
            return count > 0 ? (int)count : count < 0 && IsPassing() ? 0 : throw Gone();
        }
    }

    /// <summary>Writes all bytes.</summary>
    /// <exception cref="SerialException">The port is gone, or takes nothing in time.</exception>
    public void Write(ReadOnlySpan<byte> buffer, TimeSpan patience)
    {
        while (buffer.Length > 0)
        {
            if (!Wait(PollOut, patience))
            {
                throw new SerialException($"{Path}: takes no bytes");
            }

            fixed (byte* bytes = buffer)
            {
                nint count = SerialCalls.Write(_descriptor, bytes, (nuint)buffer.Length);
                buffer = count >= 0 ? buffer[(int)count..] : IsPassing() ? buffer : throw Gone();
            }
        }
    }

    /// <summary>Sets the control lines, which reset many boards and choose their boot mode. A pseudo-terminal has none: nothing happens.</summary>
    public void SetLines(bool dtr, bool rts)
    {
        int set = (dtr ? LineDtr : 0) | (rts ? LineRts : 0);
        int clear = (LineDtr | LineRts) & ~set;
        _ = DeviceControl(_descriptor, SerialCalls.SetLines, &set);
        _ = DeviceControl(_descriptor, ClearLines, &clear);
    }

    /// <summary>Drops what was received and not read.</summary>
    public void DropInput() => _ = Flush(_descriptor, FlushInput);

    public void Dispose()
    {
        int descriptor = Interlocked.Exchange(ref _descriptor, -1);
        if (descriptor >= 0)
        {
            _ = Close(descriptor);
        }
    }

    private void Configure(uint speed)
    {
        byte* termios = stackalloc byte[TermiosBytes];
        if (GetAttributes(_descriptor, termios) != 0)
        {
            throw new SerialException($"{Path}: is no serial port");
        }

        if (DeviceControl(_descriptor, ExclusiveUse, null) != 0)
        {
            throw Refused(Path);
        }

        MakeRaw(termios);
        var flags = (uint*)(termios + ControlFlags);
        *flags = (*flags | Receive | Local) & ~HangUpOnClose;
        if (SetSpeed(termios, speed) != 0 || SetAttributes(_descriptor, Now, termios) != 0)
        {
            throw new SerialException($"{Path}: does not take this speed ({Marshal.GetLastPInvokeErrorMessage()})");
        }

        DropInput();
    }

    private bool Wait(short events, TimeSpan patience)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var entry = new PollEntry { Descriptor = _descriptor, Events = events };
            int left = (int)Math.Clamp((patience - watch.Elapsed).TotalMilliseconds, 0, int.MaxValue);
            int ready = Poll(&entry, 1, left);
            if (ready >= 0)
            {
                // An error or a hang-up shows in the call that follows.
                return ready > 0;
            }

            if (Marshal.GetLastPInvokeError() != ErrInterrupted)
            {
                throw Gone();
            }
        }
    }

    private static bool IsPassing() => Marshal.GetLastPInvokeError() is ErrAgain or ErrInterrupted;

    private SerialException Gone() => new($"{Path}: the port is gone. Is the board still plugged in?");

    private static SerialException Refused(string path) => new($"{path}: " + Marshal.GetLastPInvokeError() switch
    {
        ErrNoEntry => "no such port. Plug the board in and see which /dev/ttyUSB* or /dev/ttyACM* appears",
        ErrAccess => "not allowed. Join its group and log in again: sudo usermod -aG dialout $USER",
        ErrBusy => "in use by another program, such as a serial monitor",
        _ => $"cannot be opened ({Marshal.GetLastPInvokeErrorMessage()})",
    });
}
