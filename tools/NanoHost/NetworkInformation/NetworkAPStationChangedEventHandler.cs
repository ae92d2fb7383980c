namespace System.Net.NetworkInformation;

/// <summary>As on the device.</summary>
public delegate void NetworkAPStationChangedEventHandler(int NetworkIndex, NetworkAPStationEventArgs e);
