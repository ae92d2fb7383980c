using GatewayAgent.Mosquitto;
using GatewayAgent.VirtualDevice.Fleet;

namespace GatewayAgent.Gw.Fleet;

/// <summary>What <c>fleet</c> was asked for.</summary>
internal sealed record FleetRequest
{
    public required int Homes { get; init; }

    public required int Seed { get; init; }

    /// <summary>What is wrong with every home; null = a mixture, most of them healthy.</summary>
    public TroubleKind? Trouble { get; init; }

    /// <summary>Null = none: straight into a store, or a broker and a collector of our own.</summary>
    public MosquittoOptions? Broker { get; init; }

    /// <summary>The store of a collector of our own; null = at a broker somebody else collects, otherwise one that goes in the end.</summary>
    public string? Store { get; init; }

    /// <summary>Days lived before now, as fast as the machine allows.</summary>
    public required int HistoryDays { get; init; }

    /// <summary>Days lived from now on; null = until it is stopped; 0 = none.</summary>
    public double? Days { get; init; }

    /// <summary>Seconds of the homes in a second.</summary>
    public required double Speed { get; init; }

    /// <summary>A store alone is filled without a broker: nobody listens to what would come after.</summary>
    public bool IsOnlyHistory => Broker == null && Store != null && HistoryDays > 0 && Days is null or 0;

    /// <exception cref="GwException">Options that do not fit together.</exception>
    public void Check()
    {
        if (Broker != null && Store != null)
        {
            throw GwException.Usage("--db: whoever collects at --broker has a store of its own; leave out one of the two");
        }

        if (Days == 0 && HistoryDays == 0)
        {
            throw GwException.Usage("--days: 0 leaves nothing to live; name days of --history too");
        }
    }
}
