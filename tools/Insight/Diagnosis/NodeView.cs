using GatewayAgent.Insight.Facts;
using GatewayAgent.Insight.Scoring;
using GatewayAgent.Protocol;

namespace GatewayAgent.Insight.Diagnosis;

/// <summary>One node over the hours looked at, as the rules see it.</summary>
internal sealed class NodeView
{
    public NodeView(NodeFacts facts, HourGrid grid, Thresholds limits)
    {
        Facts = facts;
        Grid = grid;
        LinkRssi = new Hourly(grid);
        LinkBad = new Hourly(grid);
        LinkGone = new Hourly(grid);
        Disconnects = new Hourly(grid);
        Measured = new Hourly(grid);
        GatewayP95 = new Hourly(grid);
        GatewayBad = new Hourly(grid);
        BrokerBad = new Hourly(grid);
        Clients = new Hourly(grid);
        ClientsMax = new Hourly(grid);
        ClientRssi = new Hourly(grid);
        ClientsWeak = new Hourly(grid);
        ManagedFree = new Hourly(grid);
        NativeFree = new Hourly(grid);
        ThreadRestarts = new Hourly(grid);
        WanBad = new Hourly(grid);
        Sums = new NodeWindow?[grid.Count];
        foreach (NodeHour hour in facts.Hours)
        {
            int index = grid.IndexOf(hour.Start);
            if (hour.Sum != null && index >= 0 && index < grid.Count)
            {
                Sums[index] = hour.Sum;
                Read(index, hour, limits);
            }
        }

        Boots = BootList.Of(this);
        Last = LastSeen();
    }

    public NodeFacts Facts { get; }

    public HourGrid Grid { get; }

    public string Name => Facts.Node;

    /// <summary>What was measured in each hour; null = nothing.</summary>
    public NodeWindow?[] Sums { get; }

    /// <summary>dBm, median.</summary>
    public Hourly LinkRssi { get; }

    /// <summary>%, share of the time in which the uplink was weak or gone.</summary>
    public Hourly LinkBad { get; }

    /// <summary>%, share of the time in which it was gone.</summary>
    public Hourly LinkGone { get; }

    /// <summary>Of the uplink, as many as were counted.</summary>
    public Hourly Disconnects { get; }

    /// <summary>Hours of measured time: more than one where windows are longer.</summary>
    public Hourly Measured { get; }

    /// <summary>ms.</summary>
    public Hourly GatewayP95 { get; }

    /// <summary>%, round trips that failed or were slow.</summary>
    public Hourly GatewayBad { get; }

    /// <summary>%.</summary>
    public Hourly BrokerBad { get; }

    public Hourly Clients { get; }

    public Hourly ClientsMax { get; }

    /// <summary>dBm, median.</summary>
    public Hourly ClientRssi { get; }

    /// <summary>%, share of the clients' time in which they were heard weakly.</summary>
    public Hourly ClientsWeak { get; }

    /// <summary>KiB.</summary>
    public Hourly ManagedFree { get; }

    /// <summary>KiB.</summary>
    public Hourly NativeFree { get; }

    public Hourly ThreadRestarts { get; }

    /// <summary>%, share of the users' time that was bad beyond the gateway.</summary>
    public Hourly WanBad { get; }

    public BootList Boots { get; }

    /// <summary>Interruptions of the uplink in an hour; NaN = not counted.</summary>
    public double DisconnectsAnHour
    {
        get
        {
            double hours = 0;
            for (int hour = 0; hour < Grid.Count; hour++)
            {
                hours += double.IsNaN(Disconnects[hour]) ? 0 : Measured[hour];
            }

            return hours == 0 ? double.NaN : Numbers.Sum(Disconnects.All) / hours;
        }
    }

    /// <summary>Something was measured within a day: what it says is so now.</summary>
    public bool IsFresh => Array.Exists(Sums[Math.Max(0, Sums.Length - HourGrid.Day)..], sum => sum != null);

    public bool IsCompanion => Facts.Birth?.Role == Role.Companion;

    /// <summary>Stock image: it knows no channels.</summary>
    public bool IsStock => Facts.Birth is { } birth ? birth.Radio is Source.StockScan or Source.StockEvent : LinkSource is Source.StockScan;

    public Source? LinkSource => Newest(sum => sum.Report.Link)?.Source;

    public Source? ClientSource => Newest(sum => sum.Report.Clients)?.Source;

    /// <summary>Keyed hash of the serving access point; null = unknown.</summary>
    public uint? ServedBy => Newest(sum => sum.Report.Link is { HasAp: true } link ? link : null)?.Ap;

    /// <summary>Channel of the uplink; 0 = unknown.</summary>
    public uint Channel => Newest(sum => sum.Report.Link is { HasChannel: true } link ? link : null)?.Channel ?? 0;

    /// <summary>When anything was received last; where that is not known, the end of what was measured last. Null = never.</summary>
    public DateTimeOffset? Last { get; }

    /// <summary>First moment of which anything is known.</summary>
    public DateTimeOffset? First => Array.Find(Sums, sum => sum != null)?.Start;

    /// <summary>What the node told last of a metric, when that is not over.</summary>
    public NodeNotice? OpenNotice(Metric metric)
    {
        NodeNotice? newest = Facts.Notices.LastOrDefault(notice => notice.Event.Metric == metric);
        return newest is { Event.Recovered: false } ? newest : null;
    }

    private T? Newest<T>(Func<NodeWindow, T?> pick)
        where T : class
    {
        for (int i = Sums.Length - 1; i >= 0; i--)
        {
            if (Sums[i] is { } sum && pick(sum) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private void Read(int hour, NodeHour scored, Thresholds limits)
    {
        const double Percent = 100;
        NodeWindow sum = scored.Sum!;
        var view = new WindowView(sum);
        Report report = sum.Report;
        Measured[hour] = Math.Max(1, report.SpanS) / (double)HourScore.HourSeconds;
        if (report.Link is { } link)
        {
            LinkRssi[hour] = Bins.RssiQuantile(link.RssiHistogram, 0.5) ?? double.NaN;
            LinkBad[hour] = Percent * view.LinkBadShare(limits.LinkRssi.Value);
            LinkGone[hour] = view.LinkSamples == 0 ? double.NaN : Percent * link.SamplesWithoutRssi / view.LinkSamples;
            Disconnects[hour] = link.HasDisconnects ? link.Disconnects : double.NaN;
        }

        if (report.Latency is { } latency)
        {
            GatewayP95[hour] = Bins.LatencyQuantile(latency.GatewayHistogram, 0.95) ?? double.NaN;
            GatewayBad[hour] = Percent * view.GatewayBadShare(limits.GatewayLatency.Value);
            BrokerBad[hour] = Percent * view.BrokerBadShare(limits.BrokerLatency.Value);
        }

        ReadClients(hour, view, limits);
        ManagedFree[hour] = report.Health is { HasManagedFreeKib: true } managed ? managed.ManagedFreeKib : double.NaN;
        NativeFree[hour] = report.Health is { HasNativeFreeKib: true } native ? native.NativeFreeKib : double.NaN;
        ThreadRestarts[hour] = report.Health?.ThreadRestarts ?? double.NaN;
        WanBad[hour] = scored.Users.Known == 0 ? double.NaN : Percent * scored.Users.BadBy(Classifier.Wan) / scored.Users.Known;
    }

    private void ReadClients(int hour, WindowView view, Thresholds limits)
    {
        const double Percent = 100;
        Clients[hour] = view.Clients;
        if (view.Report.Clients is not { Samples: > 0 } clients)
        {
            return;
        }

        ClientsMax[hour] = clients.CountMax;
        double weak = view.ClientsWeakShare(limits.ClientRssi.Value, limits.ClientRssiAge.Value);
        if (!double.IsNaN(weak))
        {
            ClientsWeak[hour] = Percent * weak;
            ClientRssi[hour] = Bins.RssiQuantile(clients.RssiHistogram, 0.5) ?? double.NaN;
        }
    }

    // Nodes may state any time, the receiver's clock is one.
    private DateTimeOffset? LastSeen()
    {
        if (Facts.LastReceived is { } received)
        {
            return received;
        }

        DateTimeOffset? sum = Array.FindLast(Sums, candidate => candidate != null)?.End, window = Facts.Windows.Count > 0 ? Facts.Windows[^1].End : sum;
        return window > sum ? window : sum;
    }
}
