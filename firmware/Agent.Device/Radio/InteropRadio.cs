using System;
using GatewayAgent.Ports;
using GatewayAgent.Sampling;

namespace GatewayAgent.Device.Radio;

/// <summary>
/// The radio through the native assembly: fresh link RSSI, stations, and all channels. Every call fills a buffer made at start-up.
/// </summary>
public sealed class InteropRadio : IRadio
{
    // As fresh as a report calls clients without stating their age.
    private const int MostLoadAgeSeconds = 10;

    private const int NoLink = -1;

    private readonly INativeRadio _native;
    private readonly byte[] _caps;
    private readonly byte[] _link = new byte[NativeRecords.LinkBytes];
    private readonly byte[] _totals = new byte[NativeRecords.TotalsBytes];
    private readonly byte[] _health = new byte[NativeRecords.HealthBytes];
    private uint _fcsErrors, _malformed, _rssiInvalid, _apMisses;
    private int _knownLink = NoLink;

    private InteropRadio(INativeRadio native, byte[] caps)
    {
        _native = native;
        _caps = caps;
        Capabilities = NativeRecords.U32(caps, NativeRecords.CapsBits);
        TakeChannelMasks();
    }

    public RadioSource Source => RadioSource.Native;

    public int Abi => NativeRecords.Abi;

    public uint Capabilities { get; }

    public uint Channels2g { get; private set; }

    public uint Channels5g { get; private set; }

    public int StationAgeSeconds => 0;

    /// <summary>Asks the native assembly for its capabilities.</summary>
    /// <param name="native">The calls.</param>
    /// <param name="words">What was found, for the log.</param>
    /// <returns>Null when the image has no such assembly, one of another ABI, or one that cannot be trusted: the stock radio serves then.</returns>
    public static InteropRadio Probe(INativeRadio native, out string words)
    {
        byte[] caps = new byte[NativeRecords.CapsBytes];
        string fault = FaultOf(native, caps);
        if (fault != null)
        {
            words = "stock image, no channels: " + fault;
            return null;
        }

        InteropRadio radio = new InteropRadio(native, caps);
        words = "native assembly V" + NativeRecords.Abi.ToString() + ", capabilities 0x" + radio.Capabilities.ToString("X2")
            + (radio.Channels5g == 0 ? ", 2.4 GHz" : ", 2.4 and 5 GHz");
        return radio;
    }

    public static InteropRadio Probe(INativeRadio native) => Probe(native, out string _);

    public bool ReadLink(LinkReading reading)
    {
        if ((Capabilities & RadioCapabilities.Link) == 0 || _native.GetLink(_link) < NativeRecords.LinkBytes)
        {
            return false;
        }

        reading.Connected = _link[NativeRecords.LinkState] == NativeRecords.LinkConnected;
        reading.Rssi = (sbyte)_link[NativeRecords.LinkRssi];
        reading.AgeSeconds = 0;
        reading.Channel = _link[NativeRecords.LinkChannel];
        reading.Disconnects = NativeRecords.U16(_link, NativeRecords.LinkDisconnects);
        reading.LastReason = _link[NativeRecords.LinkReason];
        reading.Utilization = Utilization();
        ReadServingAp(reading);
        FollowCountry(reading);
        return true;
    }

    public int ReadStations(byte[] records) => Fitting(_native.GetStations(records), records, Limits.StationRecordBytes);

    public int BeginDwell(int channel, int milliseconds) => _native.BeginDwell(channel, milliseconds);

    public int TakeChannels(byte[] records) => Fitting(_native.TakeChannels(records), records, Limits.ChannelRecordBytes);

    public void TakeDiscards(RadioDiscards discards)
    {
        if (_native.GetTotals(_totals) < NativeRecords.TotalsBytes)
        {
            return;
        }

        uint fcsErrors = NativeRecords.U32(_totals, NativeRecords.TotalsFcsErrors);
        uint malformed = NativeRecords.U32(_totals, NativeRecords.TotalsMalformed)
            + NativeRecords.U32(_totals, NativeRecords.TotalsWithoutChannel)
            + NativeRecords.U32(_totals, NativeRecords.TotalsUntuned);
        uint apMisses = NativeRecords.U32(_totals, NativeRecords.TotalsApMisses);
        uint rssiInvalid = NativeRecords.U32(_totals, NativeRecords.TotalsRssiInvalid);
        discards.FcsErrors += fcsErrors - _fcsErrors;
        discards.Malformed += malformed - _malformed;
        discards.RssiInvalid += rssiInvalid - _rssiInvalid;
        discards.ApTableFull += apMisses - _apMisses;
        _fcsErrors = fcsErrors;
        _malformed = malformed;
        _rssiInvalid = rssiInvalid;
        _apMisses = apMisses;
    }

    /// <summary>Nothing to do: all native calls are quick, and visits are short.</summary>
    public bool Refresh(long now, ScanWish wish) => false;

    /// <summary>Why the chip started, <c>esp_reset_reason_t</c>; 0 = unknown.</summary>
    public int ResetReason() => ReadHealth() ? _health[NativeRecords.HealthResetReason] : 0;

    /// <summary>Free internal RAM, KiB; −1 = unknown.</summary>
    public int InternalFreeKib() =>
        ReadHealth() ? (int)(NativeRecords.U32(_health, NativeRecords.HealthInternalFree) / 1024) : -1;

    // Whatever the first call throws: without the native part nothing else may fail.
    private static string FaultOf(INativeRadio native, byte[] caps)
    {
        int size;
        try
        {
            size = native.GetCaps(caps);
        }
        catch (NotSupportedException)
        {
            return "no native assembly";
        }
        catch (Exception e)
        {
            return "the native assembly threw " + e.GetType().Name;
        }

        if (size != NativeRecords.CapsBytes)
        {
            return "the native assembly answered " + size.ToString();
        }

        int abi = NativeRecords.U16(caps, NativeRecords.CapsAbi);
        if (abi != NativeRecords.Abi)
        {
            return "the native assembly has ABI " + abi.ToString();
        }

        return IsPlausible(caps) ? null : "the native assembly states what cannot be";
    }

    // More records than there is room for cannot have been written: reading them would fail each time, and with it the whole step.
    private static int Fitting(int count, byte[] records, int recordBytes) =>
        count <= records.Length / recordBytes ? count : RadioStatus.BufferTooSmall;

    // Channels that there are not, or visits without a channel to visit.
    private static bool IsPlausible(byte[] caps)
    {
        uint mask2g = NativeRecords.U32(caps, NativeRecords.CapsMask2g);
        uint mask5g = NativeRecords.U32(caps, NativeRecords.CapsMask5g);
        bool canVisit = (NativeRecords.U32(caps, NativeRecords.CapsBits) & RadioCapabilities.Dwell) != 0;
        return (mask2g & ~ChannelMap.All2g) == 0 && (mask5g & ~ChannelMap.All5g) == 0 && (!canVisit || (mask2g | mask5g) != 0);
    }

    // Which channels may be visited is a matter of the country, and without a setting of its own the driver learns that from the access
    // point. A link is known by the number of those lost before it.
    private void FollowCountry(LinkReading reading)
    {
        int link = reading.Connected ? reading.Disconnects : NoLink;
        if (link == _knownLink)
        {
            return;
        }

        _knownLink = link;
        if (reading.Connected && _native.GetCaps(_caps) == NativeRecords.CapsBytes && IsPlausible(_caps))
        {
            TakeChannelMasks();
        }
    }

    private void TakeChannelMasks()
    {
        Channels2g = NativeRecords.U32(_caps, NativeRecords.CapsMask2g);
        Channels5g = NativeRecords.U32(_caps, NativeRecords.CapsMask5g);
    }

    private bool ReadHealth() => _native.GetHealth(_health) >= NativeRecords.HealthBytes;

    private void ReadServingAp(LinkReading reading)
    {
        int stations = NativeRecords.U16(_link, NativeRecords.LinkStations);
        reading.Stations = stations == NativeRecords.Unknown16 || !IsLoadFresh() ? LinkReading.StationsUnknown : stations;
        reading.HasBssid = reading.Connected;
        Array.Copy(_link, NativeRecords.LinkBssid, reading.Bssid, 0, reading.Bssid.Length);
    }

    private int Utilization() => IsLoadFresh() ? _link[NativeRecords.LinkUtilization] : LinkReading.UtilizationUnknown;

    // An access point states its load some times a second. What it has not repeated for long is no reading of now; 255 = it states none.
    private bool IsLoadFresh() => _link[NativeRecords.LinkLoadAge] <= MostLoadAgeSeconds;
}
