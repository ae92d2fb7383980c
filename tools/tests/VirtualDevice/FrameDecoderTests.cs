using GatewayAgent.VirtualDevice.Captures;
using GatewayAgent.VirtualDevice.Native;

namespace GatewayAgent.Tests.VirtualDevice;

public class FrameDecoderTests
{
    private const uint Flags = 1 << 1, Rate = 1 << 2, Mcs = 1 << 19, Ampdu = 1 << 20, Vht = 1 << 21;
    private const ushort AllKnown = 0xFFFF;

    private readonly FrameDecoder _decoder = new();

    [Theory]
    [InlineData(2412, 1, Band.Band2G)]
    [InlineData(2472, 13, Band.Band2G)]
    [InlineData(2484, 14, Band.Band2G)]
    [InlineData(5180, 36, Band.Band5G)]
    [InlineData(5885, 177, Band.Band5G)]
    [InlineData(5955, 1, Band.Band6G)]
    [InlineData(2413, 0, Band.Unknown)]
    [InlineData(0, 0, Band.Unknown)]
    public void Frequencies_are_channels(int mhz, byte channel, Band band)
    {
        FrameInfo info = Decode(RadiotapBytes.Usual(mhz), out _);

        Assert.Equal((channel, band), (info.Channel, info.Band));
    }

    [Theory]
    [InlineData(2, Phy.Dsss, 10)]
    [InlineData(11, Phy.Dsss, 55)]
    [InlineData(22, Phy.Dsss, 110)]
    [InlineData(12, Phy.Ofdm, 60)]
    [InlineData(108, Phy.Ofdm, 540)]
    [InlineData(0, Phy.Unknown, 0)]
    public void Rates_tell_the_modulation(byte rate, Phy phy, ushort rate100Kbps)
    {
        FrameInfo info = Decode(RadiotapBytes.Usual(rate: rate), out _);

        Assert.Equal((phy, rate100Kbps), (info.Phy, info.Rate100Kbps));
    }

    [Fact]
    public void Later_frames_of_an_ampdu_are_marked()
    {
        bool[] later = [.. new byte[] { 1, 1, 1, 2, 1 }.Select(reference => IsLater(Decode(InAmpdu(reference), out _)))];

        Assert.Equal([false, true, true, false, false], later);

        static bool IsLater(FrameInfo info) => (info.Flags & FrameFlags.LaterInAmpdu) != 0;
        static byte[] InAmpdu(byte reference) => RadiotapBytes.Header([Mcs | Ampdu], 7, 0, 5, 0, reference, 0, 0, 0, 0, 0, 0, 0);
    }

    [Fact]
    public void An_ht_rate_holds_its_bandwidth_and_guard_interval()
    {
        FrameInfo info = Decode(RadiotapBytes.Header([Mcs], 7, 1 | 4, 13), out _);

        Assert.Equal((Phy.Ht, (byte)13, (byte)40, FrameFlags.ShortGuardInterval), (info.Phy, info.Mcs, info.BandwidthMhz, info.Flags));
    }

    [Fact]
    public void A_bandwidth_that_is_not_stated_is_unknown()
    {
        Assert.Equal(0, Decode(RadiotapBytes.Header([Mcs], 2, 1, 13), out _).BandwidthMhz);
    }

    [Fact]
    public void Format_coding_and_stbc_of_ht_are_read_when_they_are_stated()
    {
        FrameInfo stated = Decode(RadiotapBytes.Header([Mcs], 0x3F, 0x08 | 0x10 | (2 << 5), 9), out _);
        FrameInfo silent = Decode(RadiotapBytes.Header([Mcs], 0x07, 0x08 | 0x10 | (2 << 5), 9), out _);

        Assert.Equal((FrameFlags.Greenfield | FrameFlags.Ldpc, (byte)2), (stated.Flags, stated.StbcStreams));
        Assert.Equal((FrameFlags.None, (byte)0), (silent.Flags, silent.StbcStreams));
    }

    [Fact]
    public void A_guard_interval_that_is_not_stated_counts_as_the_short_one()
    {
        Assert.Equal(FrameFlags.ShortGuardInterval, Decode(RadiotapBytes.Header([Mcs], 3, 0, 13), out _).Flags);
    }

    [Theory]
    [InlineData(0, 20)]
    [InlineData(1, 40)]
    [InlineData(3, 20)]
    [InlineData(4, 80)]
    [InlineData(6, 40)]
    [InlineData(10, 20)]
    [InlineData(11, 160)]
    [InlineData(13, 80)]
    [InlineData(17, 40)]
    [InlineData(25, 20)]
    [InlineData(26, 0)]
    public void A_vht_frame_holds_width_streams_and_mcs(byte bandwidth, byte mhz)
    {
        FrameInfo info = Decode(RadiotapBytes.Vht(AllKnown, 0, bandwidth, [0x93, 0, 0, 0], 0), out _);

        Assert.Equal((Phy.Vht, (byte)9, (byte)3, mhz, FrameFlags.None), (info.Phy, info.Mcs, info.Streams, info.BandwidthMhz, info.Flags));
    }

    [Fact]
    public void Guard_interval_stbc_and_coding_of_vht_are_read()
    {
        FrameInfo info = Decode(RadiotapBytes.Vht(AllKnown, 0x01 | 0x04 | 0x10, 4, [0, 0x82, 0, 0], 0b10), out _);

        Assert.Equal(FrameFlags.ShortGuardInterval | FrameFlags.Ldpc | FrameFlags.ExtraSymbol, info.Flags);
        Assert.Equal(((byte)2, (byte)2), (info.Streams, info.StbcStreams));
    }

    [Fact]
    public void What_a_vht_field_leaves_open_is_unknown_or_the_shorter()
    {
        FrameInfo info = Decode(RadiotapBytes.Vht(0, 0x11, 4, [0x91, 0, 0, 0], 0), out _);

        Assert.Equal((Phy.Vht, (byte)0, (byte)0, FrameFlags.ShortGuardInterval), (info.Phy, info.BandwidthMhz, info.StbcStreams, info.Flags));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0x91, 0x82)]
    public void A_vht_frame_of_no_single_user_is_unknown(byte first, byte second)
    {
        Assert.Equal(Phy.Unknown, Decode(RadiotapBytes.Vht(AllKnown, 0, 4, [first, second, 0, 0], 0), out _).Phy);
    }

    [Theory]
    [InlineData(0, Phy.HeSingleUser)]
    [InlineData(1, Phy.HeExtendedRange)]
    [InlineData(2, Phy.HeMultiUser)]
    [InlineData(3, Phy.HeTriggerBased)]
    public void An_he_frame_holds_its_format_and_modulation(int format, Phy phy)
    {
        FrameInfo info = Decode(RadiotapBytes.He((ushort)(0xFFFC | format), AllKnown, 0x0B00 | 0x2000, 2 | (1 << 4) | (3 << 6), 4), out _);

        Assert.Equal((phy, (byte)11, (byte)4, (byte)80), (info.Phy, info.Mcs, info.Streams, info.BandwidthMhz));
        Assert.Equal(((byte)16, (byte)4, FrameFlags.Ldpc), (info.HeGuardInterval, info.HeTrainingField, info.Flags));
    }

    [Theory]
    [InlineData(3, 160, 0)]
    [InlineData(4, 0, 26)]
    [InlineData(5, 0, 52)]
    [InlineData(6, 0, 106)]
    [InlineData(7, 20, 0)]
    [InlineData(8, 40, 0)]
    [InlineData(10, 160, 0)]
    [InlineData(11, 0, 0)]
    public void An_he_resource_unit_is_a_bandwidth_or_a_number_of_tones(ushort width, byte mhz, byte tones)
    {
        FrameInfo info = Decode(RadiotapBytes.He(AllKnown, AllKnown, 0, width, 1), out _);

        Assert.Equal((mhz, tones), (info.BandwidthMhz, info.ResourceUnit));
    }

    [Fact]
    public void Two_space_time_streams_of_he_stbc_are_one_spatial_stream()
    {
        FrameInfo info = Decode(RadiotapBytes.He(AllKnown, AllKnown, 0x8000 | 0x1000, 0, 2), out _);

        Assert.Equal(((byte)1, (byte)1, FrameFlags.DualCarrier), (info.Streams, info.StbcStreams, info.Flags));
    }

    [Fact]
    public void What_an_he_field_leaves_open_is_unknown_or_the_shorter()
    {
        FrameInfo info = Decode(RadiotapBytes.He(0x0020, 0, 0x9000, 2, 0), out _);

        Assert.Equal((Phy.HeSingleUser, (byte)0, (byte)0, (byte)0), (info.Phy, info.BandwidthMhz, info.ResourceUnit, info.Streams));
        Assert.Equal(((byte)0, (byte)0, FrameFlags.Ldpc), (info.HeGuardInterval, info.HeTrainingField, info.Flags));
        Assert.Equal(Phy.Unknown, Decode(RadiotapBytes.He(0, 0, 0, 0, 1), out _).Phy);
    }

    [Fact]
    public void A_rate_beside_a_newer_modulation_does_not_count()
    {
        byte[] header = RadiotapBytes.Header([Rate | Vht], [12, 0, .. RadiotapBytes.VhtField(AllKnown, 0, 0, [0x11, 0, 0, 0], 0)]);

        FrameInfo info = Decode(header, out _);

        Assert.Equal((Phy.Vht, (ushort)0), (info.Phy, info.Rate100Kbps));
    }

    // 36 + 2 · 7.2 + 13.6 ⌈(8 (4 + 1540) + 16) / 19600⌉ and 36 + 4 + 4 ⌈(8 (4 + 1540) + 22) / 1560⌉, rounded.
    [Fact]
    public void The_core_takes_ax_and_ac_frames_of_a_capture_for_as_long_as_they_are()
    {
        byte[] ax = RadiotapBytes.He(0xFFFC, AllKnown, 0x0B00 | 0x2000, 2 | (2 << 6), 2);
        byte[] ac = RadiotapBytes.Vht(AllKnown, 0, 4, [0x91, 0, 0, 0], 0);

        Assert.Equal((64u, 72u), (AirtimeOf(ax), AirtimeOf(ac)));
    }

    [Fact]
    public void A_cut_packet_states_its_length_on_the_air()
    {
        byte[] header = RadiotapBytes.Usual();
        var packet = new CapturePacket(0, 127, (byte[])[.. header, .. new byte[40]], (uint)header.Length + 1000, false);

        Assert.True(_decoder.TryDecode(packet, 0, out FrameInfo info, out _));

        Assert.Equal((FrameFlags.Truncated, 1004u), (info.Flags, info.OnAirLength));
    }

    [Fact]
    public void Padding_behind_the_header_of_a_data_frame_is_taken_out()
    {
        byte[] sent = FrameBytes.WithFcs(FrameBytes.QosData(10));
        byte[] padded = [.. sent[..26], 0xAA, 0xAA, .. sent[26..]];

        Decode(RadiotapBytes.Header([Flags], 0x30), out byte[] frame, padded);

        Assert.Equal(sent, frame);
    }

    [Fact]
    public void Noise_comes_behind_the_signal()
    {
        const uint SignalAndNoise = 3 << 5;

        FrameInfo info = Decode(RadiotapBytes.Header([SignalAndNoise], 0xC4, 0xA1), out _);

        Assert.Equal(((sbyte)-60, (sbyte)-95), (info.Rssi, info.Noise));
    }

    private uint AirtimeOf(byte[] header)
    {
        using var core = new RadioCore();
        byte[] record = new byte[RadioCore.ChannelBytes];
        FrameInfo info = Decode(header, out byte[] frame, FrameBytes.WithFcs(FrameBytes.QosData(1510)));
        core.Frame(info with { Channel = 36 }, frame);
        Assert.Equal(1, core.ReadChannels(record, clear: true));
        return BitConverter.ToUInt32(record, 8);
    }

    private FrameInfo Decode(byte[] header, out byte[] frame, byte[]? body = null)
    {
        byte[] data = [.. header, .. body ?? []];
        Assert.True(_decoder.TryDecode(new CapturePacket(0, 127, data, (uint)data.Length, false), 0, out FrameInfo info, out ReadOnlyMemory<byte> found));
        frame = found.ToArray();
        return info;
    }
}
