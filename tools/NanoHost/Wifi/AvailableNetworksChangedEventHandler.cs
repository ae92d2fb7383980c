namespace System.Device.Wifi;

/// <summary>As on the device: <paramref name="e"/> holds nothing.</summary>
public delegate void AvailableNetworksChangedEventHandler(WifiAdapter sender, object e);
