using System.Buffers.Binary;
using GatewayAgent.Ports;
using GatewayAgent.Sampling;

namespace GatewayAgent.VirtualDevice.Fleet;

/// <summary>The native radio's channel records (ABI 1) of one window, filled by <see cref="NodeSurvey"/>. Knows nothing else.</summary>
internal sealed class SurveyRadio : IRadio
{
    private readonly ChannelTally[] _tallies = new ChannelTally[Limits.Channels];
    private uint _fcsErrors;

    public RadioSource Source => RadioSource.Native;

    public int Abi => 1;

    public uint Capabilities => RadioCapabilities.Link | RadioCapabilities.Dwell | RadioCapabilities.Airtime | RadioCapabilities.BssLoad
        | RadioCapabilities.Watchdog | RadioCapabilities.FreshStationRssi;

    public uint Channels2g => ChannelMap.All2g;

    public uint Channels5g => 0;

    public int StationAgeSeconds => 0;

    /// <summary>Frames with a wrong check sum, of the window.</summary>
    public uint FcsErrors
    {
        set => _fcsErrors = value;
    }

    /// <param name="place">As in <see cref="ChannelMap"/>.</param>
    public ref ChannelTally At(int place) => ref _tallies[place];

    public bool ReadLink(LinkReading reading) => false;

    public int ReadStations(byte[] records) => RadioStatus.Unsupported;

    public int BeginDwell(int channel, int milliseconds) => RadioStatus.Unsupported;

    public bool Refresh(long now, ScanWish wish) => true;

    public int TakeChannels(byte[] records)
    {
        int count = 0;
        for (int place = 0; place < _tallies.Length; place++)
        {
            if (_tallies[place].DwellSeconds > 0 || _tallies[place].Frames > 0)
            {
                _tallies[place].Write(records.AsSpan(count++ * Limits.ChannelRecordBytes, Limits.ChannelRecordBytes), ChannelMap.ChannelAt(place));
            }
        }

        Array.Clear(_tallies);
        return count;
    }

    public void TakeDiscards(RadioDiscards discards)
    {
        discards.FcsErrors += _fcsErrors;
        _fcsErrors = 0;
    }
}

/// <summary>What was heard on one channel.</summary>
internal struct ChannelTally
{
    public double DwellSeconds, AirtimeSeconds;
    public int ApCount, Beacons, Frames, StationsMax;
    private int _rssiMax;
    private int _loads;
    private double _loadSum;
    private int _loadMin, _loadMax;

    /// <summary>An access point was heard.</summary>
    /// <param name="rssi">dBm.</param>
    /// <param name="isFirst">For the first time in this window: access points are counted once.</param>
    public void AddBeacons(int beacons, int rssi, bool isFirst)
    {
        const double BeaconSeconds = 0.0013; // 135 bytes at 1 Mb/s
        _rssiMax = ApCount == 0 ? rssi : Math.Max(_rssiMax, rssi);
        ApCount += isFirst ? 1 : 0;
        Beacons += beacons;
        Frames += beacons;
        AirtimeSeconds += beacons * BeaconSeconds;
    }

    /// <summary>What its BSS Load elements said.</summary>
    /// <param name="load">Mean utilisation, 0–1.</param>
    /// <param name="least">Least of it.</param>
    /// <param name="most">Largest of it.</param>
    public void AddLoad(int elements, double load, double least, double most, int stations)
    {
        int low = Scale(Math.Min(least, load)), high = Scale(Math.Max(most, load));
        _loadMin = _loads == 0 ? low : Math.Min(_loadMin, low);
        _loadMax = _loads == 0 ? high : Math.Max(_loadMax, high);
        _loads += elements;
        _loadSum += elements * (double)Math.Clamp(Scale(load), low, high);
        StationsMax = Math.Max(StationsMax, stations);
    }

    public void AddData(int frames, double airtimeSeconds)
    {
        Frames += frames;
        AirtimeSeconds += airtimeSeconds;
    }

    public readonly void Write(Span<byte> record, int channel)
    {
        record.Clear();
        record[0] = (byte)channel;
        record[1] = (byte)(SpectrumLoad.IsLow(channel) ? 0 : 1);
        record[2] = (byte)Math.Min(ApCount, byte.MaxValue);
        record[3] = ApCount == 0 ? unchecked((byte)ChannelRecord.Unknown8) : (byte)(sbyte)_rssiMax;
        Put(record, 4, DwellSeconds * 1e6);
        Put(record, 8, AirtimeSeconds * 1e6);
        Put(record, 12, Frames);
        Put(record, 16, Beacons);
        BinaryPrimitives.WriteUInt16LittleEndian(record[30..], (ushort)Math.Min(StationsMax, ushort.MaxValue));
        Put(record, 32, _loadSum);
        Put(record, 36, _loads);
        record[40] = (byte)_loadMin;
        record[41] = (byte)_loadMax;
    }

    private static int Scale(double share) => (int)Math.Clamp(255 * share, 1, 250);

    private static void Put(Span<byte> record, int at, double value) => BinaryPrimitives.WriteUInt32LittleEndian(record[at..], (uint)value);
}
