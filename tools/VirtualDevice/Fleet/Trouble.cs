using GatewayAgent.VirtualDevice.Homes;

namespace GatewayAgent.VirtualDevice.Fleet;

/// <summary>Something that gets worse at one node, or in the whole home, until it is mended: only what happens, not what it is called.</summary>
/// <param name="From">When it begins, Unix seconds.</param>
/// <param name="Grows">Seconds until it has its full size.</param>
/// <param name="To">When it is over, Unix seconds.</param>
internal sealed record Trouble(long From, long Grows, long To)
{
    public static Trouble None { get; } = new(long.MaxValue, 1, long.MaxValue);

    /// <summary>Number of the node that has it, of those of the home; −1 = the whole home.</summary>
    public int Node { get; init; } = -1;

    /// <summary>Loss on the way to the node's uplink, dB.</summary>
    public double LossDb { get; init; }

    /// <summary>Somebody new: the mean share of the air time that the network uses.</summary>
    public NeighbourScript? Newcomer { get; init; }

    /// <summary>Disconnections an hour.</summary>
    public double DropsAnHour { get; init; }

    /// <summary>What repetitions add to a round trip on average, ms, and the share of round trips that fail.</summary>
    public double RetryMs { get; init; }

    public double LostShare { get; init; }

    /// <summary>Something that is no Wi-Fi; null = nothing.</summary>
    public BurstSource? Bursts { get; init; }

    /// <summary>Devices that come, all to one access point: that of <see cref="Node"/>, or the gateway's.</summary>
    public IReadOnlyList<ClientScript> Guests { get; init; } = [];

    /// <summary>When nothing leads out of the home, although the home works.</summary>
    public IReadOnlyList<Span> WanOutages { get; init; } = [];

    /// <summary>What is wrong with the node's board; null = nothing.</summary>
    public Sickness? Sickness { get; init; }

    /// <summary>0–1.</summary>
    public double SizeAt(long second) => second < From || second >= To ? 0 : Math.Min(1, (second - From + 1.0) / Math.Max(1, Grows));
}

/// <summary>A time, Unix seconds.</summary>
/// <param name="To">Exclusive.</param>
internal readonly record struct Span(long From, long To)
{
    public bool Holds(long second) => second >= From && second < To;

    /// <summary>Share of this time that lies within another.</summary>
    public double ShareIn(Span other)
    {
        long common = Math.Min(To, other.To) - Math.Max(From, other.From);
        return common <= 0 ? 0 : common / (double)(To - From);
    }
}

/// <summary>Something that sends in bursts on the upper 2.4 GHz channels, and listens to nobody.</summary>
/// <param name="ADay">Bursts a day, when people are awake.</param>
/// <param name="Minutes">Mean length.</param>
/// <param name="Share">Share of the air time within a burst, 0–1.</param>
/// <param name="Breaks">Share of the frames that it breaks within a burst, 0–1.</param>
internal sealed record BurstSource(double ADay, double Minutes, double Share, double Breaks);

/// <summary>How a board fails.</summary>
internal enum Fault
{
    /// <summary>Ends with a panic.</summary>
    Panics,

    /// <summary>Loses native heap until it restarts by itself.</summary>
    LeaksHeap,

    /// <summary>Threads die or hang and are started again; now and then the watchdog bites.</summary>
    LosesThreads,

    /// <summary>The supply gives in under load.</summary>
    BrownsOut,
}

/// <param name="HoursBetween">Mean time between two failures; of a leak, from the start to the end.</param>
internal sealed record Sickness(Fault Fault, double HoursBetween);
