using GatewayAgent.VirtualDevice.Captures;

namespace GatewayAgent.Tests.VirtualDevice;

public class RadiotapReaderTests
{
    private const uint RadiotapNext = 1u << 29, VendorNext = 1u << 30, More = 1u << 31;

    [Fact]
    public void Usual_fields_are_read()
    {
        RadiotapHeader header = Read(RadiotapBytes.Usual(2412, -71, RadiotapBytes.FcsAtEnd, 12));

        Assert.Equal(15, header.Length);
        Assert.Equal(RadiotapFlags.FcsAtEnd, header.Flags);
        Assert.Equal((byte)12, header.Rate);
        Assert.Equal((ushort)2412, header.FrequencyMhz);
        Assert.Equal((sbyte)-71, header.SignalDbm);
    }

    [Fact]
    public void Fields_are_aligned_to_their_size_from_the_start_of_the_header()
    {
        // TSFT at 8, flags at 16, channel at 18 (a gap of one), signal at 22.
        RadiotapHeader header = Read(RadiotapBytes.Header([0b10_1011], 1, 2, 3, 4, 5, 6, 7, 8, 0x10, 0xEE, 0x85, 0x09, 0, 0, 0xC0));

        Assert.Equal((ushort)2437, header.FrequencyMhz);
        Assert.Equal((sbyte)-64, header.SignalDbm);
    }

    [Fact]
    public void Of_several_antennas_the_first_signal_counts()
    {
        const uint Signal = 1 << 5, Antenna = 1 << 11;
        byte[] bytes = RadiotapBytes.Header(
            [Signal | RadiotapNext | More, Signal | Antenna | RadiotapNext | More, Signal | Antenna],
            0xD0, 0xD8, 0, 0xE0, 1);

        Assert.Equal((sbyte)-48, Read(bytes).SignalDbm);
    }

    [Fact]
    public void Data_of_a_vendor_are_skipped()
    {
        const uint Flags = 1 << 1, Signal = 1 << 5;
        byte[] bytes = RadiotapBytes.Header(
            [Flags | VendorNext | More, 0xFFFF | RadiotapNext | More, Signal],
            0x10, 0xEE, 0, 0x11, 0x22, 1, 3, 0, 0xAA, 0xBB, 0xCC, 0xB0);

        RadiotapHeader header = Read(bytes);

        Assert.Equal(RadiotapFlags.FcsAtEnd, header.Flags);
        Assert.Equal((sbyte)-80, header.SignalDbm);
    }

    [Fact]
    public void A_field_of_unknown_size_ends_the_walk_and_keeps_what_came_before()
    {
        const uint Signal = 1 << 5, Unknown = 1u << 28;
        byte[] bytes = RadiotapBytes.Header([Signal | Unknown | RadiotapNext | More, 1 << 1], 0xC0, 0, 0x10);

        RadiotapHeader header = Read(bytes);

        Assert.Equal((sbyte)-64, header.SignalDbm);
        Assert.Null(header.Flags);
    }

    [Fact]
    public void Words_without_a_new_namespace_go_on_with_unknown_fields()
    {
        const uint Signal = 1 << 5;
        byte[] bytes = RadiotapBytes.Header([More, Signal], 0xC0);

        Assert.Null(Read(bytes).SignalDbm);
    }

    [Fact]
    public void A_field_beyond_the_header_is_not_read_from_the_frame()
    {
        byte[] bytes = [.. RadiotapBytes.Header([0b10_1110], 0, 2, 0x85), 0x09, 0, 0, 0xC0];

        RadiotapHeader header = Read(bytes);

        Assert.Null(header.FrequencyMhz);
        Assert.Null(header.SignalDbm);
        Assert.Equal((byte)2, header.Rate);
    }

    [Fact]
    public void A_chain_of_present_words_that_leaves_the_header_reads_nothing()
    {
        RadiotapHeader header = Read(RadiotapBytes.Header([More | 0b10, More | 0b10]));

        Assert.Equal(12, header.Length);
        Assert.Null(header.Flags);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(65535)]
    public void A_length_that_cannot_be_true_is_refused(int length)
    {
        byte[] bytes = RadiotapBytes.Usual();
        bytes[2] = (byte)length;
        bytes[3] = (byte)(length >> 8);

        Assert.False(RadiotapReader.TryRead(bytes, out _));
    }

    [Fact]
    public void Mcs_and_ampdu_are_read()
    {
        byte[] bytes = RadiotapBytes.Header([(1 << 19) | (1 << 20)], 0x07, 0x05, 15, 0xEE, 0x78, 0x56, 0x34, 0x12, 0, 0, 0, 0);

        RadiotapHeader header = Read(bytes);

        Assert.Equal(new RadiotapMcs(7, 5, 15), header.Mcs);
        Assert.Equal((40, true), (header.Mcs!.Value.BandwidthMhz, header.Mcs.Value.IsShortGuardInterval));
        Assert.Equal(0x12345678u, header.AmpduReference);
    }

    [Fact]
    public void No_bytes_whatever_throw()
    {
        var random = new Random(4711);
        for (int i = 0; i < 200_000; i++)
        {
            byte[] bytes = new byte[random.Next(80)];
            random.NextBytes(bytes);
            if (bytes.Length > 4 && random.Next(4) != 0)
            {
                bytes[2] = (byte)random.Next(bytes.Length + 2);
                bytes[3] = 0;
            }

            if (RadiotapReader.TryRead(bytes, out RadiotapHeader header))
            {
                Assert.InRange(header.Length, 8, bytes.Length);
            }
        }
    }

    private static RadiotapHeader Read(byte[] bytes)
    {
        Assert.True(RadiotapReader.TryRead(bytes, out RadiotapHeader header));
        return header;
    }
}
