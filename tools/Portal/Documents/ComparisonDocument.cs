using GatewayAgent.Insight;
using GatewayAgent.Insight.Comparing;
using GatewayAgent.Insight.Facts;
using GatewayAgent.Insight.Scoring;
using GatewayAgent.Portal.Series;

namespace GatewayAgent.Portal.Documents;

/// <summary>A home before and after a moment: what a change has brought. Whole hours; the hour that the moment is in counts for neither.</summary>
/// <param name="Hours">Looked at on either side.</param>
/// <param name="Verdict">Whether the days after differ from those before by more than chance explains.</param>
/// <param name="PValue">Probability that days as different as these fall on the two sides by chance; absent = too few days to tell.</param>
/// <param name="Text">The verdict in one or two sentences, with what must be kept in mind.</param>
/// <param name="EnoughKnown">On both sides at least half of the time is known: less is a hint, not a comparison.</param>
internal sealed record ComparisonDocument(
    string Home,
    DateTimeOffset Moment,
    long Hours,
    Verdict Verdict,
    double? PValue,
    string Text,
    bool EnoughKnown,
    SideDocument Before,
    SideDocument After,
    IReadOnlyList<NodeMetrics> Nodes)
{
    private static readonly string[] _metrics =
        ["linkRssi", "clientRssi", "clients", "utilization", "airtime", "gatewayLatency", "brokerLatency", "gatewayFailures", "disconnects"];

    public static ComparisonDocument Of(HomeFacts facts, DateTimeOffset moment, int hours)
    {
        DateTimeOffset hour = new(moment.Year, moment.Month, moment.Day, moment.Hour, 0, 0, TimeSpan.Zero);
        (DateTimeOffset, DateTimeOffset) before = (hour.AddHours(-hours), hour);
        (DateTimeOffset, DateTimeOffset) after = (hour.AddHours(1), hour.AddHours(1 + hours));
        Comparison comparison = HomeInsight.Compare(facts, moment);
        SideDocument sideBefore = SideDocument.Of(facts, before);
        SideDocument sideAfter = SideDocument.Of(facts, after);
        return new ComparisonDocument(
            facts.Home,
            moment,
            hours,
            comparison.Verdict,
            comparison.PValue is { } chance ? Math.Round(chance, 4) : null,
            comparison.Text,
            sideBefore.KnownShare >= 0.5 && sideAfter.KnownShare >= 0.5,
            sideBefore,
            sideAfter,
            [.. facts.Nodes.Select(node => Compare(node, before, after))]);
    }

    private static NodeMetrics Compare(NodeFacts node, (DateTimeOffset From, DateTimeOffset To) before, (DateTimeOffset From, DateTimeOffset To) after) => new(
        node.Node,
        [.. _metrics.Select(SeriesMetric.Of)
            .Select(metric => new MetricComparison(metric.Name, metric.Unit, metric.Statistic, Value(node, metric, before), Value(node, metric, after)))
            .Where(metric => metric.Before != null || metric.After != null)]);

    private static double? Value(NodeFacts node, SeriesMetric metric, (DateTimeOffset From, DateTimeOffset To) side)
    {
        Accumulator sum = metric.Start();
        foreach (NodeHour hour in node.Hours.Where(hour => hour.Sum != null && hour.Start >= side.From && hour.Start < side.To))
        {
            sum.Add(hour.Sum!);
        }

        return Round.Hundredth(sum.Value);
    }
}

/// <summary>One side of the moment.</summary>
/// <param name="KnownShare">Hours of nodes with any measurement, as a share of all, 0–1.</param>
/// <param name="Index">Home stability index of this time, 0–100; absent = unknown.</param>
/// <param name="Users">Time of all nodes together.</param>
internal sealed record SideDocument(DateTimeOffset From, DateTimeOffset To, double KnownShare, double? Index, UserTimeDocument Users)
{
    public static SideDocument Of(HomeFacts facts, (DateTimeOffset From, DateTimeOffset To) side)
    {
        int known = facts.Nodes.Sum(node => node.Hours.Count(hour => hour.Sum != null && hour.Start >= side.From && hour.Start < side.To));
        double all = (side.To - side.From).TotalHours * facts.Nodes.Count;
        UserSeconds users = facts.Nodes.Aggregate(UserSeconds.None, (sum, node) => sum + HomeStability.UsersOf(node, side.From, side.To));
        return new SideDocument(
            side.From,
            side.To,
            all == 0 ? 0 : Math.Round(known / all, 2),
            Round.Tenth(HomeStability.HomeIndex(facts, side.From, side.To)),
            UserTimeDocument.Of(users));
    }
}

/// <summary>What one node measured on either side.</summary>
internal sealed record NodeMetrics(string Node, IReadOnlyList<MetricComparison> Metrics);

/// <summary>One metric on either side; absent = not measured there.</summary>
internal sealed record MetricComparison(string Metric, string Unit, string Statistic, double? Before, double? After);
