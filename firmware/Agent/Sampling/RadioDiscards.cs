namespace GatewayAgent.Sampling;

/// <summary>What the radio did not count, and what it cost, since they were last taken.</summary>
public sealed class RadioDiscards
{
    /// <summary>Frames with a wrong check sum.</summary>
    public uint FcsErrors;

    /// <summary>Frames that were too short, malformed, stated no channel or came from an unknown one.</summary>
    public uint Malformed;

    /// <summary>RSSI readings of 0 dBm or more.</summary>
    public uint RssiInvalid;

    /// <summary>Sightings of access points that found no room in the window's table.</summary>
    public uint ApTableFull;

    /// <summary>Milliseconds that scans of its own kept the radio off its channel.</summary>
    public int ScanMs;

    public void Clear()
    {
        ApTableFull = 0;
        ScanMs = 0;
        FcsErrors = 0;
        Malformed = 0;
        RssiInvalid = 0;
    }
}
