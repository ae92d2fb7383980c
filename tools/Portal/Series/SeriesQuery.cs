using GatewayAgent.Insight.Facts;

namespace GatewayAgent.Portal.Series;

/// <summary>Which series, of what time, in how many points at most.</summary>
internal sealed record SeriesQuery(IReadOnlyList<SeriesMetric> Metrics, string? Node, DateTimeOffset From, DateTimeOffset To, int Points)
{
    /// <summary>Windows are kept for two days; what reaches further back is drawn from hours.</summary>
    private static readonly TimeSpan _windowsKept = TimeSpan.FromHours(48);

    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);

    /// <summary>Draws from windows where they reach and are what is asked for, else from hours.</summary>
    public SeriesDocument Of(HomeFacts facts)
    {
        bool isHourly = Metrics.Any(metric => metric.IsHourly) || facts.Now - From > _windowsKept;
        NodeFacts[] nodes = [.. facts.Nodes.Where(node => Node == null || node.Node == Node)];
        TimeGrid grid = TimeGrid.Over(From, To, Points, isHourly ? _hour : LongestUsualWindow(nodes));
        return new SeriesDocument(
            facts.Home,
            (long)grid.Step.TotalSeconds,
            isHourly ? "hours" : "windows",
            [.. Enumerable.Range(0, grid.Count).Select(index => grid.At(index).ToUnixTimeSeconds())],
            [.. nodes.SelectMany(node => Metrics.Select(metric => Draw(node, metric, grid, isHourly)))]);
    }

    private static NodeSeries Draw(NodeFacts node, SeriesMetric metric, TimeGrid grid, bool isHourly)
    {
        var points = new Accumulator?[grid.Count];
        Accumulator? PointAt(DateTimeOffset moment) => grid.IndexOf(moment) is { } index ? points[index] ??= metric.Start() : null;
        if (isHourly)
        {
            foreach (NodeHour hour in node.Hours)
            {
                Add(PointAt(hour.Start), hour);
            }
        }
        else
        {
            foreach (NodeWindow window in node.Windows)
            {
                PointAt(window.Start + (window.Span / 2))?.Add(window);
            }
        }

        return new NodeSeries(node.Node, metric.Name, metric.Unit, metric.Statistic, [.. points.Select(point => Documents.Round.Hundredth(point?.Value))]);
    }

    private static void Add(Accumulator? point, NodeHour hour)
    {
        point?.Add(hour);
        if (hour.Sum != null)
        {
            point?.Add(hour.Sum);
        }
    }

    // Shorter steps than windows would leave gaps that no node made.
    private static TimeSpan LongestUsualWindow(IEnumerable<NodeFacts> nodes) => nodes
        .Where(node => node.Windows.Count > 0)
        .Select(node => node.Windows.Select(window => window.Span).Order().ElementAt(node.Windows.Count / 2))
        .DefaultIfEmpty(TimeSpan.Zero)
        .Max();
}
