using GatewayAgent.Control;

namespace GatewayAgent.VirtualDevice.Homes;

/// <summary>A home and what happens in it. The same script with the same seed is the same run.</summary>
public sealed record HomeScript
{
    public required int Seed { get; init; }

    /// <summary>The home's own network.</summary>
    public required string Ssid { get; init; }

    public required FloorPlan Plan { get; init; }

    /// <summary>Where the operator's gateway stands, and its 2.4 GHz channel. The whole home is on it: a board has one radio.</summary>
    public required Place Gateway { get; init; }

    public required int Channel { get; init; }

    /// <summary>The boards with the agent. Their order is part of the seed's meaning.</summary>
    public required IReadOnlyList<MeshNodeScript> Nodes { get; init; }

    public IReadOnlyList<ClientScript> Clients { get; init; } = [];

    public IReadOnlyList<NeighbourScript> Neighbours { get; init; } = [];

    public IReadOnlyList<Disturbance> Disturbances { get; init; } = [];
}

/// <summary>A board with the agent.</summary>
/// <param name="Name">Also its identifier at the broker.</param>
/// <param name="Parent">Name of the node it hangs on; null = the gateway.</param>
/// <param name="HasAccessPoint">Clients may connect to it; a companion beside the gateway has none.</param>
public sealed record MeshNodeScript(string Name, Place Place, string? Parent = null, bool HasAccessPoint = true)
{
    /// <summary>What it is to be provisioned as.</summary>
    public Role Role => HasAccessPoint ? Role.MeshNode : Role.Companion;
}

/// <summary>A device of the people who live there.</summary>
/// <param name="Timetable">Where it is, in ascending order of time; it starts at the first place and begins anew after the period.</param>
/// <param name="PeriodSeconds">Length of the timetable.</param>
public sealed record ClientScript(string Name, Traffic Traffic, IReadOnlyList<Stay> Timetable, int PeriodSeconds = 3600);

/// <summary>A stay of a client.</summary>
/// <param name="FromSecond">Seconds of its timetable.</param>
/// <param name="Place">Null = away from home.</param>
public readonly record struct Stay(int FromSecond, Place? Place);

/// <summary>What a device does with the network: it changes between idle and active by chance.</summary>
/// <param name="IdleFramesPerSecond">Frames in both directions together.</param>
/// <param name="DownShare">Share of the frames that come from the access point.</param>
/// <param name="ActiveShare">Share of the time it is active.</param>
/// <param name="FrameBytes">Size of the larger frames.</param>
/// <remarks>What is left for 2.4 GHz: the same homes have 5 GHz for the rest.</remarks>
public sealed record Traffic(double IdleFramesPerSecond, double ActiveFramesPerSecond, double DownShare, double ActiveShare, int FrameBytes)
{
    public static Traffic Phone { get; } = new(0.5, 15, 0.7, 0.15, 1000);

    public static Traffic Laptop { get; } = new(1, 30, 0.7, 0.3, 1400);

    public static Traffic Television { get; } = new(0.5, 90, 0.9, 0.4, 1500);

    public static Traffic Camera { get; } = new(15, 25, 0.1, 0.3, 1400);

    public static Traffic Sensor { get; } = new(0.2, 1, 0.4, 0.1, 150);
}

/// <summary>Somebody else's access point. Its name is made up: names of neighbours are nobody's business.</summary>
/// <param name="Load">Mean share of the air time its network uses, 0–1.</param>
/// <param name="StatesLoad">Its beacons hold a BSS Load element.</param>
public sealed record NeighbourScript(Place Place, int Channel, double Load, bool StatesLoad);

/// <summary>Something that goes wrong for a while.</summary>
/// <param name="FromSecond">Second of the run.</param>
/// <param name="ToSecond">Second of the run at which it is over.</param>
public abstract record Disturbance(int FromSecond, int ToSecond)
{
    public bool IsOn(long second) => second >= FromSecond && second < ToSecond;
}

/// <summary>A microwave oven: half of the air time of the upper 2.4 GHz channels.</summary>
public sealed record MicrowaveOven(int FromSecond, int ToSecond) : Disturbance(FromSecond, ToSecond);

/// <summary>A node stands somewhere else.</summary>
public sealed record MovedNode(int FromSecond, int ToSecond, string Node, Place Place) : Disturbance(FromSecond, ToSecond);

/// <summary>The backhaul of a node gets worse and worse, up to this loss at the end.</summary>
public sealed record FailingBackhaul(int FromSecond, int ToSecond, string Node, double LossDb) : Disturbance(FromSecond, ToSecond);

/// <summary>The gateway is off.</summary>
public sealed record GatewayReboot(int FromSecond, int ToSecond) : Disturbance(FromSecond, ToSecond);
