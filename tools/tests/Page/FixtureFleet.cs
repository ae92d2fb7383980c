using GatewayAgent.Collector;
using GatewayAgent.Collector.Store;
using GatewayAgent.Insight.Diagnosis;
using GatewayAgent.Insight.Facts;

namespace GatewayAgent.Tests.Page;

/// <summary>A store in memory with any number of homes, the same for the same number, and some that the tests know by name.</summary>
internal sealed class FixtureFleet : IStoreReader
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, HomeSummary> _homes;
    private readonly Dictionary<HomeOrder, HomeSummary[]> _sorted = [];
    private readonly List<NodeEvent> _events = [];

    public FixtureFleet(int homes)
    {
        _homes = FixtureHomes.Make(homes, DateTimeOffset.UtcNow).ToDictionary(home => home.Home, StringComparer.Ordinal);
        if (homes > 0)
        {
            _events.AddRange(FixtureHomes.EventsOf(FixtureHomes.Troubled));
        }
    }

    /// <summary>Assesses a home anew.</summary>
    public void Assess(string home, double index)
    {
        lock (_lock)
        {
            _homes[home] = _homes[home] with { Index = index, AssessedAt = DateTimeOffset.UtcNow };
            _sorted.Clear();
        }
    }

    /// <summary>Lets a node notice something.</summary>
    public void Notice(string home, string node)
    {
        lock (_lock)
        {
            _events.Add(FixtureHomes.NewEvent(_events.Count + 1, home, node));
        }
    }

    public IReadOnlyList<HomeSummary> Homes(HomeQuery query)
    {
        lock (_lock)
        {
            return [.. Sorted(query.Order).Where(home => IsIn(query, home)).Skip(query.Skip).Take(query.Limit)];
        }
    }

    public long HomeCount(HomeQuery query)
    {
        lock (_lock)
        {
            return _homes.Values.Count(home => IsIn(query, home));
        }
    }

    public FleetSummary Fleet(IReadOnlyList<string>? scope = null)
    {
        lock (_lock)
        {
            ICollection<HomeSummary> all = _homes.Values;
            return new FleetSummary(
                all.Count,
                all.Sum(home => (long)home.Nodes),
                all.Sum(home => (long)home.NodesOnline),
                all.Count(home => home.Index >= 90),
                all.Count(home => home.Index is >= 70 and < 90),
                all.Count(home => home.Index < 70),
                all.Count(home => home.Index == null),
                all.Count(home => home.IsGettingWorse),
                all.Average(home => home.Index),
                all.Where(home => home.Cause != null).GroupBy(home => home.Cause!.Value).ToDictionary(group => group.Key, group => group.LongCount()));
        }
    }

    public HomeFacts? Facts(string home, DateTimeOffset from, DateTimeOffset now)
    {
        lock (_lock)
        {
            return _homes.TryGetValue(home, out HomeSummary? summary) ? FixtureHomes.FactsOf(summary, from, now) : null;
        }
    }

    public HomeAssessment? Assessment(string home)
    {
        lock (_lock)
        {
            return _homes.TryGetValue(home, out HomeSummary? summary) && summary.AssessedAt != null ? FixtureHomes.AssessmentOf(summary) : null;
        }
    }

    public IReadOnlyList<NodeEvent> Events(long after = 0, int limit = int.MaxValue, string? home = null)
    {
        lock (_lock)
        {
            return [.. _events.Where(e => e.Key > after && (home == null || e.Home == home)).Take(limit)];
        }
    }

    public IReadOnlyList<NodeEvent> LatestEvents(int limit, long before = long.MaxValue, string? home = null, IReadOnlyList<string>? scope = null)
    {
        lock (_lock)
        {
            return [.. _events.Where(e => e.Key < before && (home == null || e.Home == home)).Reverse().Take(limit)];
        }
    }

    public IReadOnlyList<NodeStatus> Nodes(string? home = null)
    {
        lock (_lock)
        {
            return home != null && _homes.TryGetValue(home, out HomeSummary? summary) ? [.. FixtureHomes.NodesOf(summary)] : [];
        }
    }

    public void ExportCsv(TextWriter writer, string? home = null, string? node = null) => writer.WriteLine("home,node");

    public long MissingSequences(string? home = null) => 0;

    public CollectorCounters Counters() => default;

    public long ReportCount() => 0;

    public BootTotals Totals(string home, string node, uint bootId) => throw new NotSupportedException();

    public IReadOnlyList<NodeAnswer> ConfigStates() => throw new NotSupportedException();

    public IReadOnlyList<NodeAnswer> CommandResults() => throw new NotSupportedException();

    public IReadOnlyList<RejectedPayload> Rejected(int limit) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private static bool IsIn(HomeQuery query, HomeSummary home) =>
        (query.Prefix == null || home.Home.StartsWith(query.Prefix, StringComparison.Ordinal))
        && (query.Cause == null || home.Cause == query.Cause)
        && (!query.OnlyGettingWorse || home.IsGettingWorse)
        && (query.AssessedAfter == null || home.AssessedAt > query.AssessedAfter);

    private HomeSummary[] Sorted(HomeOrder order)
    {
        if (!_sorted.TryGetValue(order, out HomeSummary[]? homes))
        {
            homes = order switch
            {
                HomeOrder.Worst => [.. _homes.Values.OrderBy(home => home.Index ?? double.MaxValue)],
                HomeOrder.Falling => [.. _homes.Values.OrderBy(home => home.Index - home.BaselineIndex ?? double.MaxValue)],
                HomeOrder.Assessed => [.. _homes.Values.Where(home => home.AssessedAt != null).OrderBy(home => home.AssessedAt)],
                _ => [.. _homes.Values.OrderBy(home => home.Home, StringComparer.Ordinal)],
            };
            _sorted[order] = homes;
        }

        return homes;
    }
}
