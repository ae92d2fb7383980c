using GatewayAgent.Insight.Diagnosis;
using GatewayAgent.Insight.Facts;

namespace GatewayAgent.Collector.Store;

/// <summary>
/// Reads a store of any kind, also while collectors are at work: each call sees the last commit. Safe for calls from several threads at once.
/// </summary>
public interface IStoreReader : IDisposable
{
    /// <summary>What became of the messages.</summary>
    CollectorCounters Counters();

    /// <summary>Rows of stored reports; a merged report is one.</summary>
    long ReportCount();

    /// <summary>Sequences that no stored report covers although their boot has got further.</summary>
    /// <param name="home">Only of this home; null = of all.</param>
    long MissingSequences(string? home = null);

    /// <summary>Every node of a home, or of all, with its newest state and report, by home and node.</summary>
    IReadOnlyList<NodeStatus> Nodes(string? home = null);

    /// <summary>What is stored of one boot; nothing of a boot not heard of.</summary>
    BootTotals Totals(string home, string node, uint bootId);

    /// <summary>What every node said last of its configuration, by home and node.</summary>
    IReadOnlyList<NodeAnswer> ConfigStates();

    /// <summary>What every node answered last to a command, by home and node.</summary>
    IReadOnlyList<NodeAnswer> CommandResults();

    /// <summary>The payloads kept aside last, newest first.</summary>
    IReadOnlyList<RejectedPayload> Rejected(int limit);

    /// <summary>What nodes noticed, in the order of their arrival, after the one with this key; 0 = from the first.</summary>
    IReadOnlyList<NodeEvent> Events(long after = 0, int limit = int.MaxValue, string? home = null);

    /// <summary>What nodes noticed, the newest first by key, before the one with this key.</summary>
    /// <param name="scope">Only of homes whose name begins with one of these; null = all.</param>
    IReadOnlyList<NodeEvent> LatestEvents(int limit, long before = long.MaxValue, string? home = null, IReadOnlyList<string>? scope = null);

    /// <summary>Homes as lists show them.</summary>
    IReadOnlyList<HomeSummary> Homes(HomeQuery query);

    /// <summary>How many homes a query would give, were it not for its <see cref="HomeQuery.Skip"/> and <see cref="HomeQuery.Limit"/>.</summary>
    long HomeCount(HomeQuery query);

    /// <summary>How many homes there are of what kind.</summary>
    /// <param name="scope">Only homes whose name begins with one of these; null = all.</param>
    FleetSummary Fleet(IReadOnlyList<string>? scope = null);

    /// <summary>All that is known of a home over a time; null when it was never heard of.</summary>
    HomeFacts? Facts(string home, DateTimeOffset from, DateTimeOffset now);

    /// <summary>What was last said of a home; null when it was not assessed yet.</summary>
    HomeAssessment? Assessment(string home);

    /// <summary>Writes a row for each report and channel heard.</summary>
    void ExportCsv(TextWriter writer, string? home = null, string? node = null);
}

/// <summary>Which homes, in what order.</summary>
public sealed record HomeQuery
{
    /// <summary>Only homes whose name begins with one of these; null = all.</summary>
    public IReadOnlyList<string>? Scope { get; init; }

    /// <summary>Only homes whose name begins with this; null = all.</summary>
    public string? Prefix { get; init; }

    /// <summary>Only homes whose likeliest cause is this.</summary>
    public Cause? Cause { get; init; }

    public bool OnlyGettingWorse { get; init; }

    /// <summary>Only homes assessed after this moment, for those who follow what changes.</summary>
    public DateTimeOffset? AssessedAfter { get; init; }

    public HomeOrder Order { get; init; } = HomeOrder.Name;

    public int Skip { get; init; }

    public int Limit { get; init; } = 50;
}

/// <summary>Order of a list of homes.</summary>
public enum HomeOrder
{
    Name,

    /// <summary>Least index first, unknown last.</summary>
    Worst,

    /// <summary>Largest fall below the baseline first, unknown last.</summary>
    Falling,

    /// <summary>By the moment of the assessment.</summary>
    Assessed,
}

/// <summary>A home in a list.</summary>
/// <param name="Index">Home stability index, 0–100; null = unknown.</param>
/// <param name="Cause">The likeliest of what is wrong; null = nothing was found, or not assessed yet.</param>
/// <param name="Since">Since when that holds.</param>
/// <param name="Summary">In one sentence; null without a cause.</param>
/// <param name="AssessedAt">Null = not yet.</param>
/// <param name="LastReceived">When anything of it was received last.</param>
public sealed record HomeSummary(
    string Home,
    int Nodes,
    int NodesOnline,
    double? Index,
    double? BaselineIndex,
    bool IsGettingWorse,
    Cause? Cause,
    string? Node,
    double? Confidence,
    DateTimeOffset? Since,
    string? Summary,
    DateTimeOffset? AssessedAt,
    DateTimeOffset? LastReceived);

/// <summary>A fleet in numbers.</summary>
/// <param name="Good">Homes with an index of at least 90.</param>
/// <param name="Fair">Below that, and at least 70.</param>
/// <param name="Poor">Below that.</param>
/// <param name="Unknown">Homes without an index.</param>
/// <param name="ByCause">Homes by their likeliest cause.</param>
/// <param name="MeanIndex">Over homes that have one.</param>
public sealed record FleetSummary(
    long Homes,
    long Nodes,
    long NodesOnline,
    long Good,
    long Fair,
    long Poor,
    long Unknown,
    long GettingWorse,
    double? MeanIndex,
    IReadOnlyDictionary<Cause, long> ByCause);
