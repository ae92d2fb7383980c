namespace GatewayAgent.Collector;

/// <summary>
/// What became of the messages of a store since it was made. Every message is counted once:
/// <c>Received = Stored + Duplicates + Overlaps + Rejected + Events + EventDuplicates + States + Controls</c>. Counted in the transaction that stores
/// the messages, so no kill makes counts and rows differ.
/// </summary>
public record struct CollectorCounters
{
    /// <summary>Messages that reached the writer.</summary>
    public long Received { get; set; }

    /// <summary>Reports stored.</summary>
    public long Stored { get; set; }

    /// <summary>Reports of which everything was stored, or which were kept aside, before.</summary>
    public long Duplicates { get; set; }

    /// <summary>Stored reports that made room for a merged report that holds them and more. Rows = Stored − Superseded.</summary>
    public long Superseded { get; set; }

    /// <summary>Reports kept aside because they hold a part of a stored one, which cannot be taken apart.</summary>
    public long Overlaps { get; set; }

    /// <summary>Messages kept aside because of what they say.</summary>
    public long Rejected { get; set; }

    /// <summary>Messages kept aside that were dropped for newer ones.</summary>
    public long RejectedDropped { get; set; }

    /// <summary>Events stored.</summary>
    public long Events { get; set; }

    /// <summary>Events that were stored before.</summary>
    public long EventDuplicates { get; set; }

    /// <summary>Births and wills.</summary>
    public long States { get; set; }

    /// <summary>Answers to configurations and commands.</summary>
    public long Controls { get; set; }

    /// <summary>Both together.</summary>
    public static CollectorCounters operator +(CollectorCounters a, CollectorCounters b) => new()
    {
        Received = a.Received + b.Received,
        Stored = a.Stored + b.Stored,
        Duplicates = a.Duplicates + b.Duplicates,
        Superseded = a.Superseded + b.Superseded,
        Overlaps = a.Overlaps + b.Overlaps,
        Rejected = a.Rejected + b.Rejected,
        RejectedDropped = a.RejectedDropped + b.RejectedDropped,
        Events = a.Events + b.Events,
        EventDuplicates = a.EventDuplicates + b.EventDuplicates,
        States = a.States + b.States,
        Controls = a.Controls + b.Controls,
    };
}
