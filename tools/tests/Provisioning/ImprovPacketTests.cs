using GatewayAgent.Provisioning.Improv;

namespace GatewayAgent.Tests.Provisioning;

/// <summary>The codec, against the bytes of https://www.improv-wifi.com/serial.</summary>
public sealed class ImprovPacketTests
{
    [Fact]
    public void A_request_for_the_state_is_these_bytes() => Assert.Equal(
        [0x0A, 0x49, 0x4D, 0x50, 0x52, 0x4F, 0x56, 0x01, 0x03, 0x02, 0x02, 0x00, 0xE5, 0x0A],
        ImprovPacket.Of(ImprovCommand.RequestState).Encode());

    [Fact]
    public void Credentials_stand_as_in_the_standards_example()
    {
        byte[] data = [.. ImprovPacket.Prefixed("MyWirelessAP"), .. ImprovPacket.Prefixed("mysecurepassword")];

        ImprovPacket packet = ImprovPacket.Of(ImprovCommand.SendWifi, data);

        Assert.Equal([0x01, 0x1E, 0x0C, .. "MyWirelessAP"u8, 0x10, .. "mysecurepassword"u8], packet.Data);
    }

    [Fact]
    public void The_longest_name_and_password_fit()
    {
        byte[] data = [.. ImprovPacket.Prefixed(new string('s', 32)), .. ImprovPacket.Prefixed(new string('p', 63))];

        Assert.Equal(2 + 1 + 32 + 1 + 63, ImprovPacket.Of(ImprovCommand.SendWifi, data).Data.Length);
    }

    [Fact]
    public void What_does_not_fit_is_no_packet() => Assert.Throws<ArgumentException>(() => ImprovPacket.Of(ImprovCommand.SendWifi, new byte[254]));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Packets_are_found_among_log_lines_in_pieces_of_any_size(int piece)
    {
        byte[] line =
        [
            .. "I (31) boot: IMIMPROVE\r\n"u8,
            .. ImprovPeer.State(ImprovState.Ready),
            .. "IMPRO"u8,
            .. ImprovPacket.Result(ImprovCommand.RequestInfo, "a", "", "c", "d").Encode(),
            .. ImprovPeer.Error(ImprovError.UnableToConnect),
            .. "IMPROV\x02 is no version\n"u8,
        ];
        var reader = new ImprovReader();

        List<ImprovPacket> packets = [.. line.Chunk(piece).SelectMany(bytes => reader.Take(bytes))];

        Assert.Equal([ImprovPacketType.CurrentState, ImprovPacketType.Result, ImprovPacketType.ErrorState], packets.Select(packet => packet.Type));
        Assert.Equal(["a", "", "c", "d"], packets[1].Strings());
        Assert.Equal([(byte)ImprovError.UnableToConnect], packets[2].Data);
        Assert.Equal(0, reader.Damaged);
    }

    [Fact]
    public void A_damaged_packet_is_counted_and_the_next_one_found()
    {
        byte[] damaged = ImprovPeer.State(ImprovState.Ready);
        damaged[10] ^= 1;
        var reader = new ImprovReader();

        ImprovPacket packet = Assert.Single(reader.Take([.. damaged, .. ImprovPeer.State(ImprovState.Provisioned)]));

        Assert.Equal([(byte)ImprovState.Provisioned], packet.Data);
        Assert.Equal(1, reader.Damaged);
    }

    [Fact]
    public void A_packet_cut_short_does_not_swallow_the_one_after_it()
    {
        byte[] whole = ImprovPacket.Result(ImprovCommand.RequestInfo, "firmware", "1", "chip", "name").Encode();
        var reader = new ImprovReader();

        List<ImprovPacket> packets = [.. reader.Take([.. whole[..^6], .. whole, .. ImprovPeer.State(ImprovState.Ready), .. new byte[40]])];

        Assert.Equal([ImprovPacketType.Result, ImprovPacketType.CurrentState], packets.Select(packet => packet.Type));
    }

    [Fact]
    public void A_byte_after_the_strings_is_how_improvs_own_library_sends_them()
    {
        // build_rpc_response of improv-wifi/sdk-cpp 10cc900 with add_checksum = false, as ESPHome's improv_serial calls it.
        Assert.Equal(["http://1.2.3.4"], new ImprovPacket(ImprovPacketType.Result, [1, 15, 14, .. "http://1.2.3.4"u8, 0]).Strings());
        Assert.Equal([], new ImprovPacket(ImprovPacketType.Result, [4, 0, 0]).Strings());
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 3 })]
    [InlineData(new byte[] { 3, 2, 1 })]
    [InlineData(new byte[] { 3, 2, 5, 65 })]
    [InlineData(new byte[] { 3, 2, 1, 65, 0, 0 })]
    public void A_result_that_is_not_sound_has_no_strings(byte[] data) => Assert.Null(new ImprovPacket(ImprovPacketType.Result, data).Strings());
}
