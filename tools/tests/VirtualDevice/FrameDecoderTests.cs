using GatewayAgent.VirtualDevice.Captures;
using GatewayAgent.VirtualDevice.Native;

namespace GatewayAgent.Tests.VirtualDevice;

public class FrameDecoderTests
{
    private const uint Flags = 1 << 1, Mcs = 1 << 19, Ampdu = 1 << 20, Vht = 1 << 21;

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
    public void Newer_modulations_are_unknown()
    {
        Assert.Equal(Phy.Unknown, Decode(RadiotapBytes.Header([Vht], new byte[12]), out _).Phy);
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

    private FrameInfo Decode(byte[] header, out byte[] frame, byte[]? body = null)
    {
        byte[] data = [.. header, .. body ?? []];
        Assert.True(_decoder.TryDecode(new CapturePacket(0, 127, data, (uint)data.Length, false), 0, out FrameInfo info, out ReadOnlyMemory<byte> found));
        frame = found.ToArray();
        return info;
    }
}
