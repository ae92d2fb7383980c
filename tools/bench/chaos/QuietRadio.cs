using GatewayAgent.Ports;
using GatewayAgent.Sampling;

namespace GatewayAgent.Bench.Chaos;

/// <summary>A radio that costs nothing: an uplink by seed and three stations' worth of silence. What matters here is below the radio.</summary>
internal sealed class QuietRadio(int seed) : IRadio
{
    private readonly Random _random = new(seed);

    public RadioSource Source => RadioSource.Native;

    public int Abi => 1;

    public uint Capabilities => RadioCapabilities.Link;

    public uint Channels2g => 0;

    public uint Channels5g => 0;

    public int StationAgeSeconds => 0;

    public bool ReadLink(LinkReading reading)
    {
        reading.Connected = true;
        reading.Rssi = -60 - _random.Next(12);
        reading.Channel = 6;
        return true;
    }

    public int ReadStations(byte[] records) => RadioStatus.Unsupported;

    public int BeginDwell(int channel, int milliseconds) => RadioStatus.Unsupported;

    public int TakeChannels(byte[] records) => RadioStatus.Unsupported;

    public void TakeDiscards(RadioDiscards discards)
    {
    }

    public bool Refresh(long now, ScanWish wish) => false;
}
