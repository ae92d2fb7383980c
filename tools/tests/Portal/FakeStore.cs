using System.Collections.Concurrent;
using GatewayAgent.Collector;
using GatewayAgent.Collector.Store;
using GatewayAgent.Insight.Diagnosis;
using GatewayAgent.Insight.Facts;

namespace GatewayAgent.Tests.Portal;

/// <summary>A store in memory, of which a test says everything.</summary>
internal sealed class FakeStore : IStoreReader
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, Lazy<HomeFacts>> _facts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, HomeSummary> _homes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, HomeAssessment> _assessments = new();
    private readonly List<NodeEvent> _events = [];

    /// <summary>Thrown by every call, when it is set.</summary>
    public Exception? Failure { get; set; }

    public CollectorCounters Numbers { get; set; }

    /// <summary>Somebody who follows the events has looked where they stand now.</summary>
    public bool HasBeenAskedForEvents { get; private set; }

    /// <summary>Adds a home with its facts, and an assessment unless it is null.</summary>
    public FakeStore With(string home, HomeAssessment? assessment)
    {
        lock (_lock)
        {
            _facts[home] = new Lazy<HomeFacts>(() => SampleHome.Facts(home));
            Finding? finding = assessment?.Findings.FirstOrDefault();
            _homes[home] = new HomeSummary(
                home, 3, 3, assessment?.Index, assessment?.BaselineIndex, assessment?.IsGettingWorse ?? false, finding?.Cause, finding?.Node,
                finding?.Confidence, finding?.Since, finding?.Summary, assessment?.At, SampleHome.Now.AddSeconds(-61));
            if (assessment != null)
            {
                _assessments[home] = assessment;
            }
        }

        return this;
    }

    public void Add(NodeEvent e) => Add([e]);

    public void Add(IEnumerable<NodeEvent> events)
    {
        lock (_lock)
        {
            _events.AddRange(events);
        }
    }

    public CollectorCounters Counters() => Told(() => Numbers);

    public long ReportCount() => Told(() => 0L);

    public long MissingSequences(string? home = null) => Told(() => 2L);

    public IReadOnlyList<NodeStatus> Nodes(string? home = null) => Told(() => (IReadOnlyList<NodeStatus>)
    [
        .. _facts.Where(facts => home == null || facts.Key == home).SelectMany(facts => facts.Value.Value.Nodes.Select(node =>
            new NodeStatus(facts.Key, node.Node, node.Status, node.StatusSince, 7, node.LastReceived, null, node.Birth))),
    ]);

    public BootTotals Totals(string home, string node, uint bootId) => throw new NotSupportedException();

    public IReadOnlyList<NodeAnswer> ConfigStates() => throw new NotSupportedException();

    public IReadOnlyList<NodeAnswer> CommandResults() => throw new NotSupportedException();

    public IReadOnlyList<RejectedPayload> Rejected(int limit) => throw new NotSupportedException();

    public IReadOnlyList<NodeEvent> Events(long after = 0, int limit = int.MaxValue, string? home = null) => Told(() => (IReadOnlyList<NodeEvent>)
        [.. _events.Where(e => e.Key > after && (home == null || e.Home == home)).OrderBy(e => e.Key).Take(limit)]);

    public IReadOnlyList<NodeEvent> LatestEvents(int limit, long before = long.MaxValue, string? home = null, IReadOnlyList<string>? scope = null) =>
        Told(() =>
        {
            HasBeenAskedForEvents = true;
            return (IReadOnlyList<NodeEvent>)
                [.. _events.Where(e => e.Key < before && (home == null || e.Home == home) && IsIn(scope, e.Home)).OrderByDescending(e => e.Key).Take(limit)];
        });

    public IReadOnlyList<HomeSummary> Homes(HomeQuery query) => Told(() =>
    {
        IEnumerable<HomeSummary> homes = _homes.Values.Where(home => IsIn(query.Scope, home.Home)
            && home.Home.StartsWith(query.Prefix ?? "", StringComparison.Ordinal)
            && (query.Cause == null || home.Cause == query.Cause)
            && (!query.OnlyGettingWorse || home.IsGettingWorse)
            && (query.AssessedAfter == null || home.AssessedAt > query.AssessedAfter));
        homes = query.Order switch
        {
            HomeOrder.Worst => homes.OrderBy(home => home.Index ?? double.MaxValue),
            HomeOrder.Falling => homes.OrderBy(home => home.Index - home.BaselineIndex ?? double.MaxValue),
            HomeOrder.Assessed => homes.OrderBy(home => home.AssessedAt),
            _ => homes,
        };
        return (IReadOnlyList<HomeSummary>)[.. homes.Skip(query.Skip).Take(query.Limit)];
    });

    public long HomeCount(HomeQuery query) => Homes(query with { Skip = 0, Limit = int.MaxValue }).Count;

    public FleetSummary Fleet(IReadOnlyList<string>? scope = null) => Told(() =>
    {
        HomeSummary[] homes = [.. _homes.Values.Where(home => IsIn(scope, home.Home))];
        return new FleetSummary(
            homes.Length,
            homes.Sum(home => home.Nodes),
            homes.Sum(home => home.NodesOnline),
            homes.Count(home => home.Index >= 90),
            homes.Count(home => home.Index is >= 70 and < 90),
            homes.Count(home => home.Index < 70),
            homes.Count(home => home.Index == null),
            homes.Count(home => home.IsGettingWorse),
            homes.Average(home => home.Index),
            homes.Where(home => home.Cause != null).GroupBy(home => home.Cause!.Value).ToDictionary(group => group.Key, group => (long)group.Count()));
    });

    // As a store does: nothing before the time looked at, and windows of its last two days only.
    public HomeFacts? Facts(string home, DateTimeOffset from, DateTimeOffset now) => Told(() => !_facts.TryGetValue(home, out Lazy<HomeFacts>? facts) ? null : facts.Value with
    {
        From = from,
        Now = now,
        Nodes =
        [
            .. facts.Value.Nodes.Select(node => node with
            {
                Hours = [.. node.Hours.Where(hour => hour.Start >= from && hour.Start < now)],
                Windows = [.. node.Windows.Where(window => window.Start >= from && window.Start >= now.AddDays(-2) && window.Start < now)],
            }),
        ],
    });

    public HomeAssessment? Assessment(string home) => Told(() => _assessments.GetValueOrDefault(home));

    public void ExportCsv(TextWriter writer, string? home = null, string? node = null) =>
        Told(() =>
        {
            writer.Write("start_s,channel\n1,6\n");
            return 0;
        });

    public void Dispose()
    {
    }

    private static bool IsIn(IReadOnlyList<string>? scope, string home) => scope == null || scope.Any(prefix => home.StartsWith(prefix, StringComparison.Ordinal));

    private T Told<T>(Func<T> tell)
    {
        if (Failure != null)
        {
            throw Failure;
        }

        lock (_lock)
        {
            return tell();
        }
    }
}
