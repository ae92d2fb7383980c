using System.Diagnostics;
using GatewayAgent.Provisioning.Serial;

namespace GatewayAgent.Doctor.Log;

/// <summary>
/// Hears a board's log on its serial port. An ESP32's runtime writes none until it has been asked once, so it is asked again and again: a
/// board that starts anew has forgotten it.
/// </summary>
internal sealed class BoardEar : IDisposable
{
    private static readonly TimeSpan _slice = TimeSpan.FromMilliseconds(100), _askAgain = TimeSpan.FromMilliseconds(300), _writeTime = TimeSpan.FromMilliseconds(100);

    // As esptool resets: RTS pulls EN down, DTR leaves GPIO 0 alone.
    private static readonly TimeSpan _pulse = TimeSpan.FromMilliseconds(100);

    // A line without an end is one when so long nothing follows.
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    private readonly SerialPort _port;
    private readonly LogLines _lines = new();
    private readonly Stopwatch _sinceAsked = new(), _sinceHeard = new();
    private ushort _asked;

    private BoardEar(SerialPort port) => _port = port;

    /// <summary>The runtime has answered: its log is on.</summary>
    public bool IsAnswered => _lines.IsAnswered;

    public int Damaged => _lines.Damaged;

    /// <exception cref="SerialException">It is not there, not allowed, or in use.</exception>
    public static BoardEar Open(string port, int baud) => new(SerialPort.Open(port, baud));

    /// <summary>Restarts the board by its control lines, where the cable has them.</summary>
    public void Restart() => Restart(_port);

    public static void Restart(SerialPort port)
    {
        port.SetLines(dtr: false, rts: true);
        Thread.Sleep(_pulse);
        port.SetLines(dtr: false, rts: false);
    }

    /// <summary>Waits a moment for lines.</summary>
    /// <exception cref="SerialException">The port is gone.</exception>
    public IReadOnlyList<string> Hear()
    {
        Ask();
        Span<byte> buffer = stackalloc byte[4096];
        int count = _port.Read(buffer, _slice);
        if (count > 0)
        {
            _sinceHeard.Restart();
            return _lines.Take(buffer[..count]);
        }

        return _sinceHeard.Elapsed > _pause ? _lines.Flush() : [];
    }

    public void Dispose() => _port.Dispose();

    private void Ask()
    {
        if (_sinceAsked.IsRunning && _sinceAsked.Elapsed < _askAgain)
        {
            return;
        }

        _sinceAsked.Restart();
        try
        {
            _port.Write(WirePacket.PingOf(_asked++).Encode(), _writeTime);
        }
        catch (SerialException)
        {
            // A port that takes nothing may still be heard; one that is gone shows when it is read.
        }
    }
}
