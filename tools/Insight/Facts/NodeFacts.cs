using GatewayAgent.Protocol;

namespace GatewayAgent.Insight.Facts;

/// <summary>Something a node noticed itself.</summary>
/// <param name="At">When it told, UTC.</param>
/// <param name="Since">Since when it holds, as the node states it, UTC.</param>
public sealed record NodeNotice(DateTimeOffset At, DateTimeOffset Since, Event Event);

/// <summary>All that is known of one node over the time looked at.</summary>
public sealed record NodeFacts
{
    public required string Node { get; init; }

    /// <summary>What it said when it connected last; null = never heard.</summary>
    public State? Birth { get; init; }

    /// <summary>As the broker tells it now; null = neither birth nor will was seen.</summary>
    public State.Types.Status? Status { get; init; }

    public DateTimeOffset? StatusSince { get; init; }

    /// <summary>When anything of it was received last.</summary>
    public DateTimeOffset? LastReceived { get; init; }

    /// <summary>Hours, ascending; hours without a row are unknown.</summary>
    public IReadOnlyList<NodeHour> Hours { get; init; } = [];

    /// <summary>Windows of the last two days, ascending.</summary>
    public IReadOnlyList<NodeWindow> Windows { get; init; } = [];

    /// <summary>Ascending by <see cref="NodeNotice.At"/>.</summary>
    public IReadOnlyList<NodeNotice> Notices { get; init; } = [];
}

/// <summary>All that is known of one home over the time looked at.</summary>
public sealed record HomeFacts
{
    public required string Home { get; init; }

    /// <summary>First moment looked at, a whole hour.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The moment of the assessment: nothing later is looked at.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Of the clock in the home, for words such as "evening" and for what repeats daily; null = not known: then times are UTC, and words say so.</summary>
    public TimeZoneInfo? TimeZone { get; init; }

    /// <summary>
    /// Since when all that the nodes send is heard, for what is silent may have spoken to nobody before; null = always. <see cref="Now"/> = it is not heard now.
    /// </summary>
    public DateTimeOffset? ListeningSince { get; init; }

    /// <summary>By name, ordinal.</summary>
    public required IReadOnlyList<NodeFacts> Nodes { get; init; }
}
