using System.Text;

namespace GatewayAgent.Doctor.Log;

/// <summary>Makes lines of a board's bytes, whatever they are: a line of the runtime may come in several packets.</summary>
internal sealed class LogLines
{
    /// <summary>A longer line is cut: no board writes one, a line at another speed is one.</summary>
    public const int MaximumBytes = 1024;

    private readonly WireReader _reader = new();
    private readonly List<byte> _line = [];

    /// <summary>Packets that came damaged.</summary>
    public int Damaged => _reader.Damaged;

    /// <summary>The runtime has answered: its log is on.</summary>
    public bool IsAnswered { get; private set; }

    public IReadOnlyList<string> Take(ReadOnlySpan<byte> bytes)
    {
        var lines = new List<string>();
        foreach ((byte[]? text, WirePacket? packet) in _reader.Take(bytes))
        {
            IsAnswered |= text == null && packet!.Command == WirePacket.Ping;
            Add(lines, text ?? []);
        }

        return lines;
    }

    /// <summary>What stands without an end of line, when no more comes.</summary>
    public IReadOnlyList<string> Flush()
    {
        var lines = new List<string>();
        Add(lines, _reader.Flush());
        End(lines);
        return lines;
    }

    private void Add(List<string> lines, byte[] text)
    {
        foreach (byte b in text)
        {
            if (b is (byte)'\n' or (byte)'\r')
            {
                End(lines);
            }
            else
            {
                _line.Add(b);
                if (_line.Count == MaximumBytes)
                {
                    End(lines);
                }
            }
        }
    }

    private void End(List<string> lines)
    {
        if (_line.Count > 0)
        {
            lines.Add(Text(_line.ToArray()));
            _line.Clear();
        }
    }

    // What is no text at all came at another speed, or from a broken cable; a terminal must not be told its control characters.
    private static string Text(byte[] line)
    {
        int odd = line.Count(b => b < 0x20 && b is not ((byte)'\t' or 0x1B)) + Encoding.UTF8.GetString(line).Count(c => c == '\uFFFD');
        return odd * 4 > line.Length
            ? Noise(line.Length)
            : string.Concat(AnsiColours.Strip(Encoding.UTF8.GetString(line)).Select(c => char.IsControl(c) ? ' ' : c));
    }

    /// <summary>How bytes that are no text are shown.</summary>
    public static string Noise(int bytes) => $"[{bytes} bytes that are no text]";
}
