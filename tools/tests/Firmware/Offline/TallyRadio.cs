using GatewayAgent.Ports;
using GatewayAgent.Sampling;
using GatewayAgent.Statistics;

namespace GatewayAgent.Tests.Firmware.Offline;

/// <summary>What a window holds, as the radio gave it.</summary>
internal sealed record WindowTruth
{
    public int Ticks { get; set; }

    public int Disconnects { get; set; }

    public long Frames { get; set; }

    public int[] Rssi { get; } = new int[Limits.RssiBins];
}

/// <summary>A radio by seed that keeps a tally of what it gave away, window by window: the truth to hold reports against.</summary>
internal sealed class TallyRadio(Random random, int surveyed = 13) : IRadio
{
    private int _disconnects;

    /// <summary>Called before each reading; may throw, as a driver may.</summary>
    public Action Before { get; set; } = () => { };

    /// <summary>The windows in which it was read, the open one last.</summary>
    public List<WindowTruth> Windows { get; } = [new()];

    public RadioSource Source => RadioSource.Native;

    public int Abi => 1;

    public uint Capabilities => RadioCapabilities.Link;

    public uint Channels2g => 0x3FFE;

    public uint Channels5g => 0;

    public int StationAgeSeconds => 0;

    public bool ReadLink(LinkReading reading)
    {
        Before();
        WindowTruth window = Windows[^1];
        if (window.Ticks > 0 && random.Next(2000) == 0)
        {
            _disconnects++;
            window.Disconnects++;
        }

        reading.Connected = true;
        reading.Rssi = -60 - random.Next(12);
        reading.Channel = 6;
        reading.Disconnects = _disconnects;
        reading.LastReason = 8;
        window.Ticks++;
        window.Rssi[RssiBins.Of(reading.Rssi)]++;
        return true;
    }

    public int ReadStations(byte[] records) => RadioStatus.Unsupported;

    public int BeginDwell(int channel, int milliseconds) => RadioStatus.Unsupported;

    public int TakeChannels(byte[] records)
    {
        Before();
        Array.Clear(records);
        for (int i = 0; i < surveyed; i++)
        {
            int frames = random.Next(4) == 0 ? 0 : random.Next(5000);
            int at = i * Limits.ChannelRecordBytes;
            records[at] = (byte)ChannelMap.ChannelAt(i);
            records[at + 3] = (byte)-random.Next(40, 90);
            BitConverter.TryWriteBytes(records.AsSpan(at + 4), 720_000);
            BitConverter.TryWriteBytes(records.AsSpan(at + 12), frames);
            BitConverter.TryWriteBytes(records.AsSpan(at + 16), frames / 3);
            Windows[^1].Frames += frames;
        }

        Windows.Add(new WindowTruth());
        return surveyed;
    }

    public void TakeDiscards(RadioDiscards discards)
    {
    }

    public bool Refresh(long now, ScanWish wish) => false;
}
