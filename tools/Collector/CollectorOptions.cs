namespace GatewayAgent.Collector;

/// <summary>How a collector takes and keeps reports.</summary>
public sealed record CollectorOptions
{
    /// <summary>Path of the SQLite file, made when missing, or <c>postgres://user@host/database</c>: see <see cref="Store.StoreAddress"/>.</summary>
    public required string Database { get; init; }

    /// <summary>Messages that wait for the writer before the network thread is held back.</summary>
    public int QueueCapacity { get; init; } = 8192;

    /// <summary>Most messages of a transaction.</summary>
    public int BatchSize { get; init; } = 4096;

    /// <summary>How long a transaction waits for more messages after its first: the price of one fsync is shared by what arrives meanwhile.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Wait before a batch that could not be written (disk full, say) is tried again.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Payloads kept aside with the reason; the oldest is dropped, and counted, for a newer one.</summary>
    public int KeptAside { get; init; } = 10_000;

    /// <summary>Boots remembered between batches, about 200 bytes each; others are read from the store when they report.</summary>
    public int RememberedBoots { get; init; } = 100_000;

    /// <summary>How long reports are kept; then the hours made of them remain. A gap in a boot's reports that is as old is given up.</summary>
    public TimeSpan KeepReports { get; init; } = TimeSpan.FromDays(14);

    /// <summary>How long the hours of nodes are kept.</summary>
    public TimeSpan KeepHours { get; init; } = TimeSpan.FromDays(400);

    /// <summary>
    /// How often a home is assessed in which something happens; <see cref="Timeout.InfiniteTimeSpan"/> = nothing is assessed, and nothing dropped by age.
    /// </summary>
    public TimeSpan AssessEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Of the clocks in the homes, for the words of assessments and for what repeats daily; null = not known: words say UTC.</summary>
    public TimeZoneInfo? TimeZone { get; init; }

    /// <summary>How often a home is assessed in which nothing happens: when there is an hour more to go by.</summary>
    public TimeSpan AssessAtLeastEvery => 12 * AssessEvery;
}
