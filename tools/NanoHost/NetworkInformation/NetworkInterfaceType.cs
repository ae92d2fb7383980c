namespace System.Net.NetworkInformation;

/// <summary>Values as on the device.</summary>
public enum NetworkInterfaceType
{
    Unknown = 1,
    Ethernet = 6,
    Wireless80211 = 71,
    WirelessAP = 72,
}
