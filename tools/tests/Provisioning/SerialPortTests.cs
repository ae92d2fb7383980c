using GatewayAgent.Provisioning.Serial;
using GatewayAgent.Tests.Support;

namespace GatewayAgent.Tests.Provisioning;

/// <summary>Bytes through a pseudo-terminal, untouched.</summary>
public sealed class SerialPortTests
{
    private static readonly TimeSpan _longEnough = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(115200)]
    [InlineData(921600)]
    public void Every_byte_passes_both_ways_as_it_is(int baud)
    {
        using var line = new PseudoTerminal();
        using SerialPort port = SerialPort.Open(line.Path, baud);
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];

        line.Write(all);
        Assert.Equal(all, ReadAll(all.Length, buffer => port.Read(buffer, _longEnough)));

        port.Write(all, _longEnough);
        Assert.Equal(all, ReadAll(all.Length, buffer => line.Read(buffer, _longEnough)));
    }

    [Fact]
    public void Without_bytes_reading_ends_with_none()
    {
        using var line = new PseudoTerminal();
        using SerialPort port = SerialPort.Open(line.Path);

        Assert.Equal(0, port.Read(new byte[8], TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public void What_came_before_is_dropped()
    {
        using var line = new PseudoTerminal();
        using SerialPort port = SerialPort.Open(line.Path);
        line.Write("old"u8);

        port.DropInput();
        line.Write("new"u8);

        Assert.Equal("new"u8.ToArray(), ReadAll(3, buffer => port.Read(buffer, _longEnough)));
    }

    [Fact]
    public void Control_lines_of_a_pseudo_terminal_are_none_and_do_no_harm()
    {
        using var line = new PseudoTerminal();
        using SerialPort port = SerialPort.Open(line.Path);

        port.SetLines(dtr: true, rts: false);

        port.Write("x"u8, _longEnough);
        Assert.Equal("x"u8.ToArray(), ReadAll(1, buffer => line.Read(buffer, _longEnough)));
    }

    [Theory]
    [InlineData("/dev/ttyNOSUCH0", 115200, "no such port")]
    [InlineData("/dev/null", 115200, "is no serial port")]
    [InlineData("/dev/ttyNOSUCH0", 12345, "12345 is no speed")]
    public void What_cannot_be_opened_is_named(string path, int baud, string words) =>
        Assert.Contains(words, Assert.Throws<SerialException>(() => SerialPort.Open(path, baud)).Message, StringComparison.Ordinal);

    private delegate int Reading(Span<byte> buffer);

    private static byte[] ReadAll(int count, Reading read)
    {
        var all = new List<byte>();
        Span<byte> buffer = stackalloc byte[64];
        while (all.Count < count)
        {
            int came = read(buffer);
            Assert.True(came > 0, $"only {all.Count} of {count} bytes came");
            all.AddRange(buffer[..came]);
        }

        return [.. all];
    }
}
