namespace GatewayAgent.Sampling;

/// <summary>State of the uplink, as one reading. Filled in place by the radio.</summary>
public sealed class LinkReading
{
    /// <summary>An RSSI that was not measured.</summary>
    public const int RssiUnknown = -128;

    /// <summary>A utilisation that was not measured.</summary>
    public const int UtilizationUnknown = -1;

    /// <summary>A number of stations that was not measured.</summary>
    public const int StationsUnknown = -1;

    /// <summary>Associated with an access point.</summary>
    public bool Connected;

    /// <summary>RSSI of the serving access point, dBm, or <see cref="RssiUnknown"/>.</summary>
    public int Rssi;

    /// <summary>Seconds since the RSSI was measured; 0 = fresh.</summary>
    public int AgeSeconds;

    /// <summary>From a scan: the only reading for a while.</summary>
    public bool IsScanned;

    /// <summary>Primary channel, 0 = unknown.</summary>
    public int Channel;

    /// <summary>Disconnections since boot, modulo 65,536.</summary>
    public int Disconnects;

    /// <summary>IEEE 802.11 reason code of the last disconnection, 0 = none.</summary>
    public int LastReason;

    /// <summary>Channel utilisation that the serving access point states (0–255), or <see cref="UtilizationUnknown"/>.</summary>
    public int Utilization;

    /// <summary>Stations that the serving access point states in its BSS Load, or <see cref="StationsUnknown"/>.</summary>
    public int Stations;

    /// <summary>BSSID of the serving access point; of use only when <see cref="HasBssid"/>.</summary>
    public readonly byte[] Bssid = new byte[6];

    public bool HasBssid;

    /// <summary>Sets every field to unknown.</summary>
    public void Clear()
    {
        Connected = false;
        Rssi = RssiUnknown;
        AgeSeconds = 0;
        IsScanned = false;
        Channel = 0;
        Disconnects = 0;
        LastReason = 0;
        Utilization = UtilizationUnknown;
        Stations = StationsUnknown;
        HasBssid = false;
    }
}
