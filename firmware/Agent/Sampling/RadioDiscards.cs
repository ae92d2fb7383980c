namespace GatewayAgent.Sampling;

/// <summary>Frames and readings that the radio did not count, since they were last taken.</summary>
public sealed class RadioDiscards
{
    /// <summary>Frames with a wrong check sum.</summary>
    public uint FcsErrors;

    /// <summary>Frames that were too short, malformed or stated no channel.</summary>
    public uint Malformed;

    /// <summary>RSSI readings of 0 dBm or more.</summary>
    public uint RssiInvalid;

    public void Clear()
    {
        FcsErrors = 0;
        Malformed = 0;
        RssiInvalid = 0;
    }
}
