using GatewayAgent.Insight.Facts;
using GatewayAgent.Protocol;

namespace GatewayAgent.Insight.Scoring;

/// <summary>
/// How much of a window was bad, and by what: each classifier's share of the time, of which the largest counts, because a moment is as good as the
/// worst of its parts.
/// </summary>
internal sealed class WindowScore
{
    // Air time of frames that explains less than this share of a burst does not explain it: the estimate misses wide and weak frames.
    private const double ExplainedShare = 0.5;

    private readonly Thresholds _limits;
    private readonly double[] _shares = new double[UserSeconds.Classifiers];

    public WindowScore(Thresholds limits)
    {
        _limits = limits;
    }

    /// <summary>Whether anything is known of how it was for users. Else only what is known to be bad counts.</summary>
    public bool IsKnown { get; private set; }

    public Classifier Worst { get; private set; }

    /// <summary>Share of the time that was bad, 0–1.</summary>
    public double BadShare { get; private set; }

    /// <summary>Judges a window; the properties hold until the next.</summary>
    /// <param name="carriesClients">False for a companion: its own uplink serves nobody.</param>
    public void Judge(NodeWindow window, bool carriesClients)
    {
        var view = new WindowView(window);
        Array.Clear(_shares);
        double link = carriesClients ? view.LinkBadShare(_limits.LinkRssi.Value) : double.NaN;
        double gateway = view.GatewayBadShare(_limits.GatewayLatency.Value);
        double coverage = view.ClientsWeakShare(_limits.ClientRssi.Value, _limits.ClientRssiAge.Value);
        IsKnown = !double.IsNaN(link) || !double.IsNaN(gateway) || !double.IsNaN(coverage);
        Set(Classifier.Backhaul, Worse(link, gateway));
        Set(Classifier.Coverage, coverage);
        Set(Classifier.Wan, WanShare(view, gateway));
        Set(Classifier.NodeHealth, NodeShare(view));
        JudgeChannel(view);
        FindWorst();
    }

    private void Set(Classifier classifier, double share) => _shares[(int)classifier] = double.IsNaN(share) ? 0 : Math.Clamp(share, 0, 1);

    // Of two measures that may be unknown.
    private static double Worse(double a, double b) => double.IsNaN(a) ? b : double.IsNaN(b) ? a : Math.Max(a, b);

    // Only what the way to the gateway does not explain. A node that reaches its gateway but sends nothing for the time being, which is told by what it
    // sends later, does not reach its broker.
    private double WanShare(WindowView view, double gateway)
    {
        if (double.IsNaN(gateway))
        {
            return 0;
        }

        double failed = view.BrokerBadShare(_limits.BrokerLatency.Value);
        double windows = 1.0 + view.Report.Merged;
        double missing = view.Report.Replayed ? Math.Max(0, 1 - (view.BrokerTrips / windows)) : 0;
        return Worse(failed, missing) - gateway;
    }

    private double NodeShare(WindowView view)
    {
        double cost = view.HasCrashed ? _limits.RestartCost.Value : 0;
        cost += (view.Report.Health?.ThreadRestarts ?? 0) * _limits.ThreadRestartCost.Value;
        return cost / Math.Max(1, view.Seconds);
    }

    private void JudgeChannel(WindowView view)
    {
        double utilization = double.NaN;
        if (view.OwnRow is { Load: { } load } row)
        {
            utilization = WindowView.Percent(load.Mean);
            Set(Classifier.Interference, BurstShare(row, load));
            Set(Classifier.Congestion, utilization >= _limits.Utilization.Value ? 1 : 0);
        }

        bool isBusy = utilization >= _limits.UtilizationWhenManyClients.Value && view.Clients >= _limits.ClientsWhenBusy.Value;
        Set(Classifier.Overload, isBusy || view.Clients > _limits.Clients.Value ? 1 : 0);
    }

    // How long the channel must have been full for its mean to stand where it does between its least and its most.
    private double BurstShare(HeardRow row, BssLoad load)
    {
        double least = WindowView.Percent(load.Min), most = WindowView.Percent(load.Max), mean = WindowView.Percent(load.Mean);
        if (load.Count < 2 || most < _limits.BurstUtilization.Value || least > _limits.FreeUtilization.Value)
        {
            return 0;
        }

        double airtime = WindowView.AirtimePercent(row);
        bool isWifi = double.IsNaN(airtime) || airtime > ExplainedShare * (mean - least);
        return isWifi ? 0 : (mean - least) / (most - least);
    }

    // What says more of the reason stands first when two are as bad.
    private void FindWorst()
    {
        ReadOnlySpan<Classifier> order =
        [
            Classifier.Wan, Classifier.Overload, Classifier.Backhaul, Classifier.Interference, Classifier.Congestion, Classifier.Coverage, Classifier.NodeHealth,
        ];
        Worst = order[0];
        foreach (Classifier classifier in order)
        {
            Worst = _shares[(int)classifier] > _shares[(int)Worst] ? classifier : Worst;
        }

        BadShare = _shares[(int)Worst];
    }
}
