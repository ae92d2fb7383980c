namespace System.Device.Wifi;

/// <summary>Values as on the device.</summary>
public enum WifiNetworkKind
{
    Adhoc = 0,
    Any = 1,
    Infrastructure = 2,
}
