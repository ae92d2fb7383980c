using System.Text;
using GatewayAgent.Doctor.Log;

namespace GatewayAgent.Tests.Doctor;

/// <summary>The Wire Protocol as nf-interpreter writes it (WireProtocol.h, WireProtocol_Message.c, Info.cpp).</summary>
public sealed class WireReaderTests
{
    [Fact]
    public void The_sum_is_that_of_the_runtime()
    {
        // CRC-32/MPEG-2's polynomial from 0; of "123456789" that is 89A1897F.
        Assert.Equal(0x89A1897Fu, WireSum.Of("123456789"u8));
        Assert.Equal(0u, WireSum.Of([]));
    }

    [Fact]
    public void A_head_has_its_fields_where_the_runtime_has_them()
    {
        byte[] bytes = new WirePacket(WirePacket.Message, 0x0102, 0x2001, "hi"u8.ToArray()).Encode(hasSums: false);

        Assert.Equal("4E46504B54563100" + "00000000" + "00000000" + "01000000" + "0201" + "0000" + "01200000" + "02000000" + "6869", Convert.ToHexString(bytes));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Lines_come_out_the_same_in_pieces_of_any_size(bool hasSums)
    {
        byte[] stream =
        [
            .. "ESP-ROM:esp32s3-20210327\r\nNot a packet: NFPK\r\n"u8,
            .. new WirePacket(WirePacket.Message, 1, 1, "radio: native ass"u8.ToArray()).Encode(hasSums),
            .. new WirePacket(WirePacket.Ping, 2, 0x8003, new byte[8]).Encode(hasSums),
            .. new WirePacket(WirePacket.Message, 3, 1, "embly V1\r\nmqtt: ä\r\n"u8.ToArray()).Encode(hasSums),
            .. "Rebooting...\n"u8,
        ];
        for (int size = 1; size <= stream.Length; size++)
        {
            var lines = new LogLines();
            string[] all = [.. stream.Chunk(size).SelectMany(piece => lines.Take(piece))];

            Assert.Equal(["ESP-ROM:esp32s3-20210327", "Not a packet: NFPK", "radio: native assembly V1", "mqtt: ä", "Rebooting..."], all);
            Assert.True(lines.IsAnswered);
            Assert.Equal(0, lines.Damaged);
        }
    }

    [Theory]
    [InlineData(20)]
    [InlineData(36)]
    public void A_damaged_packet_is_dropped_and_the_next_is_heard(int damagedByte)
    {
        byte[] bad = new WirePacket(WirePacket.Message, 1, 1, "never seen\n"u8.ToArray()).Encode();
        bad[damagedByte] ^= 0x10;
        var lines = new LogLines();

        string[] all = [.. lines.Take([.. bad, (byte)'\n', .. new WirePacket(WirePacket.Message, 2, 1, "heard\n"u8.ToArray()).Encode()])];

        Assert.Equal(1, lines.Damaged);
        Assert.Equal("heard", all[^1]);
    }

    [Fact]
    public void A_size_that_no_runtime_sends_is_damage_and_not_waited_for()
    {
        byte[] bad = new WirePacket(WirePacket.Message, 1, 1, []).Encode(hasSums: false);
        bad[30] = 0x7F;
        var lines = new LogLines();

        Assert.Contains("heard", lines.Take([.. bad, .. "\nheard\n"u8]));
        Assert.Equal(1, lines.Damaged);
    }

    [Fact]
    public void What_is_no_text_is_counted_and_not_shown()
    {
        byte[] noise = [0x80, 0xF8, 0x00, 0x1E, 0x98, 0xFE, 0x02, 0x03, (byte)'\n'];

        string line = Assert.Single(new LogLines().Take(noise));

        Assert.Equal("[8 bytes that are no text]", line);
        Assert.True(LineBook.Explain(line).IsReset);
    }

    [Fact]
    public void A_line_without_an_end_is_cut_or_flushed()
    {
        var lines = new LogLines();

        Assert.Equal([new string('x', LogLines.MaximumBytes)], lines.Take(Encoding.ASCII.GetBytes(new string('x', LogLines.MaximumBytes + 3))));
        Assert.Equal(["xxx"], lines.Flush());
        Assert.Empty(lines.Take("N"u8));
        Assert.Equal(["N"], lines.Flush());
    }

    [Fact]
    public void Colours_and_control_characters_do_not_reach_the_terminal() =>
        Assert.Equal(["E (31) boot: no app", "a line with a bell"], new LogLines().Take("\x1B[0;31mE (31) boot: no app\x1B[0m\na line\u0007with a bell\n"u8));
}
