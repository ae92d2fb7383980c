using System.Buffers.Binary;
using GatewayAgent.Device.Radio;
using GatewayAgent.Ports;
using GatewayAgent.Sampling;
using GatewayAgent.VirtualDevice.Native;
using GatewayAgent.VirtualDevice.Running;

namespace GatewayAgent.Tests.VirtualDevice;

public sealed class VirtualNativeRadioTests : IDisposable
{
    private static readonly byte[] _bssid = [2, 0, 0, 0, 0, 1];

    private readonly RadioCore _core = new();
    private readonly Scene _scene = new();
    private readonly VirtualNativeRadio _native;

    public VirtualNativeRadioTests() =>
        _native = new VirtualNativeRadio(_core, _scene, new VirtualClock(0), VirtualHealth.Unknown);

    [Fact]
    public void The_firmware_finds_a_native_radio_of_its_abi()
    {
        InteropRadio radio = InteropRadio.Probe(_native);

        Assert.Equal((1, _scene.Capabilities, 0x7FFEu, 0u), (radio.Abi, radio.Capabilities, radio.Channels2g, radio.Channels5g));
    }

    [Fact]
    public void The_link_holds_the_load_that_its_access_point_states()
    {
        _core.Frame(new FrameInfo { Channel = 6, Rssi = -50 }, FrameBytes.Beacon(1, 6, 99, 4));
        var reading = new LinkReading();

        Assert.True(InteropRadio.Probe(_native).ReadLink(reading));

        Assert.Equal((true, -61, 6, 3, 4, 99), (reading.Connected, reading.Rssi, reading.Channel, reading.Disconnects, reading.LastReason, reading.Utilization));
        byte[] record = new byte[24];
        Assert.Equal(24, _native.GetLink(record));
        Assert.Equal((4, 0), (BinaryPrimitives.ReadUInt16LittleEndian(record.AsSpan(20)), record[23]));
        Assert.Equal(_bssid, record[4..10]);
    }

    [Fact]
    public void A_load_that_nobody_states_is_unknown()
    {
        byte[] record = new byte[24];

        _native.GetLink(record);

        Assert.Equal(255, record[23]);
    }

    [Fact]
    public void Stations_are_records_of_eight_bytes()
    {
        byte[] records = new byte[16];

        Assert.Equal(1, _native.GetStations(records));
        Assert.Equal([9, 8, 7, 6, 5, 4, unchecked((byte)-70), 7], records[..8]);
        Assert.Equal(RadioStatus.BufferTooSmall, _native.GetStations(new byte[7]));
    }

    [Fact]
    public void Channels_are_taken_once_and_their_beacons_counted()
    {
        byte[] records = new byte[Limits.Channels * RadioCore.ChannelBytes];
        _core.Dwell(11, 120_000);
        _core.Frame(new FrameInfo { Channel = 6, Rssi = -50 }, FrameBytes.Beacon(1, 6));

        Assert.Equal(2, _native.TakeChannels(records));
        Assert.Equal([6, 11], [records[0], records[48]]);
        Assert.Equal(0, _native.TakeChannels(records));
        Assert.Equal(1, _native.Beacons);
    }

    [Fact]
    public void A_channel_that_does_not_exist_cannot_be_visited()
    {
        Assert.Equal(RadioStatus.Unsupported, _native.BeginDwell(15, 120));
        Assert.Equal(0, _native.BeginDwell(1, 120));
        Assert.Equal(1, _scene.Visited);
    }

    [Fact]
    public void What_no_board_measures_is_unsupported()
    {
        Assert.Equal(RadioStatus.Unsupported, _native.GetHealth(new byte[28]));
    }

    [Fact]
    public void A_core_that_is_gone_says_so()
    {
        _core.Dispose();

        Assert.Throws<ObjectDisposedException>(() => _core.Dwell(1, 1));
    }

    public void Dispose() => _core.Dispose();

    private sealed class Scene : IRadioScene
    {
        public int Visited { get; private set; }

        public uint Capabilities => RadioCapabilities.Link | RadioCapabilities.Dwell;

        public LinkState? Link { get; } = new(true, -61, 6, _bssid, 4, 3, 1000);

        public IReadOnlyList<StationState>? Stations { get; } = [new([9, 8, 7, 6, 5, 4], -70)];

        public int BeginDwell(int channel, int milliseconds)
        {
            Visited = channel;
            return 0;
        }
    }
}
