using System;
using GatewayAgent.Ports;
using GatewayAgent.Sampling;

namespace GatewayAgent.DeviceTests.Fakes;

/// <summary>A radio whose answers the test sets. Allocates nothing when it is read, as the port demands.</summary>
public sealed class FakeRadio : IRadio
{
    private readonly byte[] _channels = new byte[Limits.Channels * Limits.ChannelRecordBytes];
    private readonly byte[] _stations = new byte[Limits.Stations * Limits.StationRecordBytes];

    public RadioSource Source { get; set; } = RadioSource.Native;

    public int Abi => 1;

    public uint Capabilities { get; set; } = RadioCapabilities.Link | RadioCapabilities.Dwell;

    public uint Channels2g { get; set; } = 0x3FFE;

    public uint Channels5g { get; set; }

    public int StationAgeSeconds { get; set; }

    public bool Connected { get; set; } = true;

    public bool HasLink { get; set; } = true;

    public int Rssi { get; set; } = -60;

    /// <summary>What is added to the RSSI with each reading, and after how many readings it starts again.</summary>
    public int RssiStep { get; set; }

    public int RssiSteps { get; set; } = 1;

    public int Disconnects { get; set; }

    public int LastReason { get; set; }

    public int Utilization { get; set; } = LinkReading.UtilizationUnknown;

    public int OwnChannel { get; set; } = 6;

    public int StationCount { get; set; } = RadioStatus.Unsupported;

    /// <summary>Channel records to give away at the next call, or a negative status.</summary>
    public int ChannelCount { get; set; } = RadioStatus.Unsupported;

    public int DwellAnswer { get; set; }

    public int Dwells { get; private set; }

    public int LastDwellChannel { get; private set; }

    public int Readings { get; private set; }

    public int Refreshed { get; private set; }

    public ScanWish Wish { get; private set; }

    /// <summary>Off its channel for seconds.</summary>
    public bool IsAway { get; set; }

    public uint FcsErrors { get; set; }

    public bool ReadLink(LinkReading reading)
    {
        if (!HasLink)
        {
            return false;
        }

        reading.Connected = Connected;
        reading.Rssi = Rssi + (RssiStep * (Readings % RssiSteps));
        reading.Channel = OwnChannel;
        reading.Disconnects = Disconnects;
        reading.LastReason = LastReason;
        reading.Utilization = Utilization;
        Readings++;
        return true;
    }

    public int ReadStations(byte[] records)
    {
        if (StationCount > 0)
        {
            Array.Copy(_stations, records, StationCount * Limits.StationRecordBytes);
        }

        return StationCount;
    }

    public int BeginDwell(int channel, int milliseconds)
    {
        if (DwellAnswer >= 0)
        {
            Dwells++;
            LastDwellChannel = channel;
        }

        return DwellAnswer;
    }

    public int TakeChannels(byte[] records)
    {
        if (ChannelCount > 0)
        {
            Array.Copy(_channels, records, ChannelCount * Limits.ChannelRecordBytes);
        }

        return ChannelCount;
    }

    public void TakeDiscards(RadioDiscards discards)
    {
        discards.FcsErrors += FcsErrors;
    }

    public bool Refresh(long now, ScanWish wish)
    {
        Wish = wish;
        Refreshed++;
        return IsAway;
    }

    public void SetStation(int place, int rssi)
    {
        _stations[(place * Limits.StationRecordBytes) + 6] = (byte)rssi;
    }

    /// <summary>A channel that was listened to, and on which nothing was heard.</summary>
    public void SetQuiet(int place, int channel, uint dwellMs)
    {
        int at = place * Limits.ChannelRecordBytes;
        Array.Clear(_channels, at, Limits.ChannelRecordBytes);
        _channels[at] = (byte)channel;
        _channels[at + 3] = 0x80;
        Put32(at + 4, dwellMs * 1000);
    }

    /// <summary>A channel on which frames were heard.</summary>
    public void SetHeard(int place, int channel, uint dwellMs, int aps, int maxRssi, uint beacons, uint otherFrames, uint airtimeMs)
    {
        SetQuiet(place, channel, dwellMs);
        int at = place * Limits.ChannelRecordBytes;
        _channels[at + 2] = (byte)aps;
        _channels[at + 3] = (byte)maxRssi;
        Put32(at + 8, airtimeMs * 1000);
        Put32(at + 12, beacons + otherFrames);
        Put32(at + 16, beacons);
    }

    /// <summary>Adds the BSS Load of a channel that was set before.</summary>
    public void SetLoad(int place, uint count, uint sum, int least, int most, int stations)
    {
        int at = place * Limits.ChannelRecordBytes;
        _channels[at + 30] = (byte)stations;
        _channels[at + 31] = (byte)(stations >> 8);
        Put32(at + 32, sum);
        Put32(at + 36, count);
        _channels[at + 40] = (byte)least;
        _channels[at + 41] = (byte)most;
    }

    private void Put32(int at, uint value)
    {
        _channels[at] = (byte)value;
        _channels[at + 1] = (byte)(value >> 8);
        _channels[at + 2] = (byte)(value >> 16);
        _channels[at + 3] = (byte)(value >> 24);
    }
}
