namespace System.Device.Wifi;

/// <summary>Values as on the device.</summary>
public enum WifiReconnectionKind
{
    Automatic = 0,
    Manual = 1,
}
