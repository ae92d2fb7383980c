using System.Text;
using GatewayAgent.Doctor.Log;
using GatewayAgent.Tests.Support;

namespace GatewayAgent.Tests.Doctor;

/// <summary>
/// A board on a pseudo-terminal. Before its runtime is asked it writes what chips write, as plain text; asked, it answers and writes its lines in
/// packets, in pieces of 50 bytes as the runtime's buffer makes them.
/// </summary>
internal sealed class FakeBoard : IDisposable
{
    private const int Piece = 50;
    private const uint ReplyFlags = 0x8003;

    private readonly PseudoTerminal _line = new();
    private readonly Thread _thread;
    private volatile bool _isOver;

    /// <param name="isAnswering">A runtime runs; otherwise the lines are the chip's own.</param>
    /// <param name="lines">What it writes, once, when it is first asked.</param>
    public FakeBoard(bool isAnswering, params string[] lines)
    {
        _thread = new Thread(() => Run(isAnswering, lines)) { IsBackground = true, Name = "board" };
        _thread.Start();
    }

    public string Path => _line.Path;

    public void Dispose()
    {
        _isOver = true;
        _thread.Join();
        _line.Dispose();
    }

    private void Run(bool isAnswering, string[] lines)
    {
        var reader = new WireReader();
        byte[] buffer = new byte[256];
        bool isSaid = false;
        while (!_isOver)
        {
            int count = _line.Read(buffer, TimeSpan.FromMilliseconds(20));
            foreach ((_, WirePacket? packet) in reader.Take(buffer.AsSpan(0, count)).ToArray())
            {
                if (packet?.Command != WirePacket.Ping)
                {
                    continue;
                }

                if (isAnswering)
                {
                    _line.Write(new WirePacket(WirePacket.Ping, packet.Sequence, ReplyFlags, new byte[8]).Encode());
                }

                if (!isSaid)
                {
                    Say(isAnswering, string.Concat(lines.Select(line => line + "\r\n")));
                    isSaid = true;
                }
            }

            if (count == 0)
            {
                // Nobody has the port open: reading returns at once.
                Thread.Sleep(5);
            }
        }
    }

    private void Say(bool isAnswering, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        for (int i = 0; i < bytes.Length; i += Piece)
        {
            byte[] piece = bytes[i..Math.Min(bytes.Length, i + Piece)];
            _line.Write(isAnswering ? new WirePacket(WirePacket.Message, 0, 1, piece).Encode(hasSums: false) : piece);
        }
    }
}
