using GatewayAgent.Insight.Facts;
using GatewayAgent.Insight.Scoring;

namespace GatewayAgent.Insight.Diagnosis;

/// <summary>A home at the moment of its assessment, as the rules see it.</summary>
internal sealed class HomeView
{
    // Change points and usual times of day need weeks, not months.
    private const int MostHours = 28 * HourGrid.Day;

    private readonly Dictionary<NodeView, DateTimeOffset> _silent = [];
    private readonly Dictionary<NodeView, NodeView> _parents = [];
    private readonly Dictionary<NodeView, UserSeconds> _days = [];

    public HomeView(HomeFacts facts, Thresholds limits)
    {
        Facts = facts;
        Limits = limits;
        DateTimeOffset last = HomeStability.DayBefore(facts.Now).AddHours(HourGrid.Day - 1);
        int hours = (int)Math.Clamp((last - HomeStability.WholeHour(facts.From)).TotalHours + 1, 1, MostHours);
        Grid = new HourGrid(last.AddHours(1 - hours), hours, facts.TimeZone ?? TimeZoneInfo.Utc);
        Nodes = [.. facts.Nodes.OrderBy(node => node.Node, StringComparer.Ordinal).Select(node => new NodeView(node, Grid, limits))];
        Channels =
        [
            .. from node in Nodes
               where node.Channel != 0
               group node by node.Channel into nodes
               orderby nodes.Key
               select new ChannelView(this, nodes.Key, [.. nodes]),
        ];
        foreach (NodeView node in Nodes)
        {
            if (Silence.Since(node, Now, facts.ListeningSince) is { } since)
            {
                _silent.Add(node, since);
            }

            if (Nodes.FirstOrDefault(other => other != node && node.ServedBy is { } ap && other.Facts.Birth is { HasAp: true } birth && birth.Ap == ap) is { } parent)
            {
                _parents.Add(node, parent);
            }
        }

        DateTimeOffset from = HomeStability.DayBefore(Now);
        var day = new UserTime();
        foreach (NodeView node in Nodes)
        {
            UserSeconds users = HomeStability.UsersOf(node.Facts, from, Now);
            _days.Add(node, users);
            day.Add(users);
        }

        Day = day.Sum();
        Outages = Outages.Of(this);
    }

    public HomeFacts Facts { get; }

    public Thresholds Limits { get; }

    public DateTimeOffset Now => Facts.Now;

    public HourGrid Grid { get; }

    /// <summary>By name.</summary>
    public IReadOnlyList<NodeView> Nodes { get; }

    public IReadOnlyList<ChannelView> Channels { get; }

    public Outages Outages { get; }

    /// <summary>The last 24 hours.</summary>
    public UserSeconds Day { get; }

    /// <summary>Nothing is heard of any node that was heard before.</summary>
    public bool IsDark => _silent.Count > 0 && Nodes.All(node => node.Last == null || _silent.ContainsKey(node));

    /// <summary>Since when nothing is heard of a node; null = it is heard, or never was.</summary>
    public DateTimeOffset? SilentSince(NodeView node) => _silent.TryGetValue(node, out DateTimeOffset since) ? since : null;

    /// <summary>The node that serves a node's uplink; null = the gateway, or unknown.</summary>
    public NodeView? ParentOf(NodeView node) => _parents.GetValueOrDefault(node);

    public IReadOnlyList<NodeView> ChildrenOf(NodeView node) => [.. Nodes.Where(other => ParentOf(other) == node)];

    /// <summary>The last 24 hours of a node.</summary>
    public UserSeconds DayOf(NodeView node) => _days[node];

    /// <summary>The channel of a node's uplink; null = not known.</summary>
    public ChannelView? ChannelOf(NodeView node) => Channels.FirstOrDefault(channel => channel.Number == node.Channel);

    /// <summary>What a node's uplink leads to, in words.</summary>
    public string UpstreamOf(NodeView node) => ParentOf(node) is { } parent ? $"the {parent.Name} node" : "the gateway";

    /// <summary>Slow or lost round trips of a node that most of the others do not have, %.</summary>
    public Hourly OwnGatewayBad(NodeView node) => Own(node, other => other.GatewayBad);

    /// <summary>Disconnects of a node that its siblings did not have in the same hour: when the gateway restarts all have them.</summary>
    public Hourly OwnDisconnects(NodeView node) => Own(node, other => other.Disconnects);

    /// <summary>Most of the hours in which a node was interrupted are such hours of another as well.</summary>
    public bool BreakTogether(NodeView node, CountShift? breaks) => breaks != null && Nodes.Any(other =>
    {
        int hours = 0, shared = 0;
        for (int hour = breaks.Hour; hour < Grid.Count; hour++)
        {
            hours += node.Disconnects[hour] > 0 ? 1 : 0;
            shared += node.Disconnects[hour] > 0 && other.Disconnects[hour] > 0 ? 1 : 0;
        }

        return other != node && ParentOf(other) != node && 2 * shared > hours;
    });

    /// <summary>A start that other nodes had at about the same time: a power cut, or an update.</summary>
    public bool IsSharedBoot(NodeView node, Boot boot) => Nodes.Any(other => other != node
        && other.Boots.All.Any(one => !one.IsOlder && (one.At - boot.At).Duration() < TimeSpan.FromMinutes(15)));

    /// <summary>Start of an hour of the grid; null when there is none.</summary>
    public DateTimeOffset? At(int? hour) => hour is { } known ? Grid.At(known) : null;

    /// <summary>Words for when something began.</summary>
    public string When(DateTimeOffset moment) => Words.When(moment, Now, Facts.TimeZone);

    public string When(int hour) => When(Grid.At(hour));

    /// <summary>The same after "since" or "until".</summary>
    public string Since(DateTimeOffset moment) => Words.Since(When(moment));

    public string Since(int hour) => Since(Grid.At(hour));

    // What is beyond the median of the others; those that hang on the node have it from it.
    private Hourly Own(NodeView node, Func<NodeView, Hourly> seriesOf)
    {
        Hourly own = seriesOf(node);
        Hourly[] others = [.. Nodes.Where(other => other != node && ParentOf(other) != node).Select(seriesOf).Where(series => series.IsKnown)];
        if (others.Length == 0)
        {
            return own;
        }

        double[] values = new double[others.Length];
        return new Hourly(Grid, hour =>
        {
            for (int i = 0; i < others.Length; i++)
            {
                values[i] = others[i][hour];
            }

            return own[hour] > 0 && Numbers.Median(values.AsSpan()) is var common && common > 0 ? Math.Max(0, own[hour] - common) : own[hour];
        });
    }
}
