using GatewayAgent.NanoHost;

namespace System.Net.NetworkInformation;

/// <summary>A station of the soft AP. As on the device its RSSI is as old as the last join or leave.</summary>
public class WirelessAPStation
{
    internal WirelessAPStation(VirtualStation station)
    {
        MacAddress = (byte[])station.Mac.Clone();
        Rssi = station.RssiDbm;
        PhyModes = station.Phy;
    }

    public byte[] MacAddress { get; }

    public sbyte Rssi { get; }

    public PhyProtocols PhyModes { get; }
}
