using GatewayAgent.VirtualDevice.Homes;

namespace GatewayAgent.VirtualDevice.Fleet;

/// <summary>An access point, the home's or a neighbour's.</summary>
internal sealed class AirSource(Place place, int channel, bool statesLoad, bool isOfHome)
{
    public Place Place => place;

    public int Channel => channel;

    /// <summary>Its beacons hold a BSS Load element.</summary>
    public bool StatesLoad => statesLoad;

    public bool IsOfHome => isOfHome;

    public bool IsUp { get; set; } = true;

    /// <summary>Stations connected to it.</summary>
    public int Stations { get; set; }

    /// <summary>Stations it takes.</summary>
    public int MostStations { get; init; } = int.MaxValue;

    /// <summary>What stands in its way in every direction, dB.</summary>
    public double BehindDb { get; init; }

    /// <summary>Share of the air time that its network uses, 0–1. Of the home's own access points: what they and their stations send.</summary>
    public double Load { get; set; }

    /// <summary>Its beacons count as used air time in the home; null = not looked at yet.</summary>
    public bool? IsSensed { get; set; }

    public byte[] Mac { get; init; } = new byte[Limits.AddressBytes];

    public bool HasRoom => Stations < MostStations;
}
