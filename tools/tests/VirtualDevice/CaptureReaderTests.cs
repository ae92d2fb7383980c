using GatewayAgent.VirtualDevice.Captures;

namespace GatewayAgent.Tests.VirtualDevice;

public class CaptureReaderTests
{
    private static readonly byte[] _data = [.. Enumerable.Range(1, 21).Select(i => (byte)i)];

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Pcap_is_read_in_both_byte_orders_and_resolutions(bool bigEndian, bool nanoseconds)
    {
        byte[] file = new PcapBytes(127, bigEndian, nanoseconds).Packet(1_500_000_000.000123m, _data, 30).ToArray();

        Packet packet = Assert.Single(ReadAll(file, out string? warning));

        Assert.Null(warning);
        Assert.Equal(new Packet(1_500_000_000_000_123_000, 127, 21, 30), packet);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pcapng_is_read_in_both_byte_orders(bool bigEndian)
    {
        byte[] file = new PcapngBytes().Section(bigEndian).Interface().Packet(1_500_000_000_000_123, _data, originalLength: 30).ToArray();

        Packet packet = Assert.Single(ReadAll(file, out string? warning));

        Assert.Null(warning);
        Assert.Equal(new Packet(1_500_000_000_000_123_000, 127, 21, 30), packet);
    }

    [Theory]
    [InlineData(9, 1_500_000_000_000_000_123, 1_500_000_000_000_000_123)]
    [InlineData(3, 1_500_000_000_001, 1_500_000_000_001_000_000)]
    [InlineData(0, 1_500_000_000, 1_500_000_000_000_000_000)]
    [InlineData(0x80 | 10, 1_536_000_000_512, 1_500_000_000_500_000_000)]
    public void Pcapng_times_count_in_the_resolution_of_their_interface(byte resolution, ulong ticks, long ns)
    {
        var file = new PcapngBytes();
        file.Section().Interface(127, 0, [.. file.Option(2, 65, 66, 67), .. file.Option(9, resolution), .. file.Option(0)]).Packet(ticks, _data);

        Assert.Equal(ns, Assert.Single(ReadAll(file.ToArray(), out _)).TimeNs);
    }

    [Fact]
    public void Pcapng_time_offsets_are_added()
    {
        var file = new PcapngBytes();
        file.Section().Interface(127, 0, file.Option(14, BitConverter.GetBytes(1_500_000_000L))).Packet(1_000_000, _data);

        Assert.Equal(1_500_000_001_000_000_000, Assert.Single(ReadAll(file.ToArray(), out _)).TimeNs);
    }

    [Fact]
    public void Pcapng_sections_start_their_interfaces_anew()
    {
        byte[] file = new PcapngBytes()
            .Section().Interface(127).Interface(105).Packet(1, _data, 1)
            .Block(5, new byte[16])
            .Section(true).Interface(105).Packet(2, _data, 0)
            .ToArray();

        Assert.Equal([(105, 1000), (105, 2000)], ReadAll(file, out _).Select(packet => (packet.LinkType, (int)packet.TimeNs)));
    }

    [Fact]
    public void A_simple_packet_has_the_time_of_the_one_before_and_ends_at_the_snap_length()
    {
        byte[] file = new PcapngBytes().Section().Interface(127, 16).Packet(5, _data).SimplePacket(_data[..16], 40).ToArray();

        Assert.Equal(new Packet(5000, 127, 16, 40), ReadAll(file, out _)[1]);
    }

    [Fact]
    public void Options_behind_a_packet_are_not_its_data()
    {
        var file = new PcapngBytes();
        file.Section().Interface().Packet(1, _data, 0, null, file.Option(1, 1, 2, 3)).Packet(2, _data);

        Assert.Equal([21, 21], ReadAll(file.ToArray(), out _).Select(packet => packet.Length));
    }

    [Fact]
    public void Packets_of_other_interfaces_are_left_out_and_named()
    {
        byte[] file = new PcapngBytes().Section().Interface(1).Interface(127).Packet(1, _data, 0).Packet(2, _data, 1).ToArray();

        Assert.Equal(2000, Assert.Single(ReadAll(file, out string? warning)).TimeNs);
        Assert.Contains("link type 1 (Ethernet)", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_type_that_is_no_802_11_is_refused_by_name()
    {
        var pcap = Assert.Throws<CaptureException>(() => ReadAll(new PcapBytes(1).Packet(1, _data).ToArray(), out _));
        var pcapng = Assert.Throws<CaptureException>(() => ReadAll(new PcapngBytes().Section().Interface(119).Packet(1, _data).ToArray(), out _));

        Assert.Contains("link type 1 (Ethernet)", pcap.Message, StringComparison.Ordinal);
        Assert.Contains("link type 119 (Prism)", pcapng.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0xD4, 0xC3 })]
    [InlineData(new byte[] { 0xD4, 0xC3, 0xB2, 0xA1, 2, 0, 4, 0 })]
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 0, 0, 0, 0, 0 })]
    public void What_is_no_capture_is_refused(byte[] file) => Assert.Throws<CaptureException>(() => ReadAll(file, out _));

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(17)]
    [InlineData(30)]
    public void A_pcap_cut_short_ends_with_a_warning_after_its_whole_packets(int kept)
    {
        byte[] whole = new PcapBytes().Packet(1, _data).ToArray();
        byte[] file = [.. whole, .. new PcapBytes().Packet(2, _data).ToArray().AsSpan(24, kept)];

        Assert.Single(ReadAll(file, out string? warning));
        Assert.Contains("packet 2", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pcapng_cut_short_anywhere_ends_with_a_warning_after_its_whole_packets()
    {
        byte[] first = new PcapngBytes().Section().Interface().Packet(1, _data).ToArray();
        byte[] both = new PcapngBytes().Section().Interface().Packet(1, _data).Packet(2, _data).ToArray();
        for (int length = first.Length + 1; length < both.Length; length++)
        {
            Assert.Single(ReadAll(both[..length], out string? warning));
            Assert.NotNull(warning);
        }
    }

    [Fact]
    public void A_packet_of_more_than_256_KiB_ends_the_reading_with_the_reason()
    {
        byte[] file = new PcapBytes().Packet(1, _data).Raw(0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 4, 0, 1, 0, 4, 0).ToArray();

        Assert.Single(ReadAll(file, out string? warning));
        Assert.Contains("262145 bytes, more than 262144", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(13u)]
    [InlineData(8u)]
    public void A_block_of_impossible_length_ends_the_reading(uint length)
    {
        byte[] file = [.. new PcapngBytes().Section().Interface().Packet(1, _data).ToArray(), 6, 0, 0, 0, .. BitConverter.GetBytes(length), .. new byte[64]];

        Assert.Single(ReadAll(file, out string? warning));
        Assert.Contains($"{length} bytes", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_packet_longer_than_its_block_ends_the_reading()
    {
        byte[] body = new byte[20 + 4];
        body[12] = 200;
        byte[] file = new PcapngBytes().Section().Interface().Packet(1, _data).Block(6, body).Packet(2, _data).ToArray();

        Assert.Single(ReadAll(file, out string? warning));
        Assert.Contains("broken", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Changed_bytes_never_throw_anything_but_a_refusal(bool pcapng)
    {
        byte[] sound = pcapng
            ? new PcapngBytes().Section().Interface().Packet(1, _data).SimplePacket(_data).Packet(2, _data).ToArray()
            : new PcapBytes().Packet(1, _data).Packet(2, _data).ToArray();
        var random = new Random(99);
        int packets = 0;
        for (int i = 0; i < 3_000; i++)
        {
            byte[] file = [.. sound];
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                file[random.Next(4, file.Length)] = (byte)random.Next(256);
            }

            try
            {
                packets += ReadAll(file[..random.Next(4, file.Length + 1)], out _).Count;
            }
            catch (CaptureException)
            {
                // Refused with a reason.
            }
        }

        Assert.NotEqual(0, packets);
    }

    private static List<Packet> ReadAll(byte[] file, out string? warning)
    {
        var packets = new List<Packet>();
        using var reader = CaptureReader.Open(new MemoryStream(file));
        while (reader.TryRead(out CapturePacket packet))
        {
            packets.Add(new Packet(packet.TimeNs, packet.LinkType, packet.Data.Length, packet.OriginalLength));
        }

        warning = reader.Warning;
        return packets;
    }

    private sealed record Packet(long TimeNs, int LinkType, int Length, uint OriginalLength);
}
