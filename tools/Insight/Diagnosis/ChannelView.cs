using GatewayAgent.Insight.Scoring;
using GatewayAgent.Protocol;

namespace GatewayAgent.Insight.Diagnosis;

/// <summary>The channel that some nodes of the home are on, over the hours in which they were on it.</summary>
internal sealed class ChannelView
{
    private const double Percent = 100, BeaconInterval = 0.1024;

    // Numbers of associations end there: who states more is not to be believed.
    private const uint MostStations = 2007;

    // As far away a beacon at 1 Mb/s is still read.
    private const int Beside = 2;

    private readonly HomeView _home;

    public ChannelView(HomeView home, uint number, IReadOnlyList<NodeView> nodes)
    {
        _home = home;
        Number = number;
        Nodes = nodes;
        Utilization = Over(row => row.Load is { } load ? WindowView.Percent(load.Mean) : double.NaN, Numbers.Median);
        Airtime = Over(WindowView.AirtimePercent, Most);
        Networks = Over(row => row.ApCount, Most);
        Beacons = new Hourly(home.Grid, hour => Numbers.Median(Nodes.Select(node => BeaconsAround(node, hour))));
        StationsMost = Over(row => row.Load is { StationsMax: <= MostStations } load ? load.StationsMax : double.NaN, Most);
        Broken = new Hourly(home.Grid, hour => Numbers.Median(Nodes.Select(node => BrokenShare(node, hour))));
        Clients = new Hourly(home.Grid, hour => SumOf(Nodes.Select(node => node.Clients[hour])));
    }

    public uint Number { get; }

    public IReadOnlyList<NodeView> Nodes { get; }

    /// <summary>% of the air time, as the access points on the channel state it; median of what the nodes heard.</summary>
    public Hourly Utilization { get; }

    /// <summary>% of the air time that frames took which the nodes could read: a lower bound.</summary>
    public Hourly Airtime { get; }

    /// <summary>Access points on the channel.</summary>
    public Hourly Networks { get; }

    /// <summary>
    /// Access points whose beacons all arrive would send as many: those in clear reach, weak ones in part; on 2.4 GHz those beside the channel as well, for they
    /// use it, too.
    /// </summary>
    public Hourly Beacons { get; }

    /// <summary>Largest number of stations that one access point on the channel states; whose it is is not known.</summary>
    public Hourly StationsMost { get; }

    /// <summary>% of the frames whose check sum failed, on all channels.</summary>
    public Hourly Broken { get; }

    /// <summary>Clients of all nodes on the channel.</summary>
    public Hourly Clients { get; }

    public bool IsKnown => Utilization.IsKnown || Networks.IsKnown;

    public bool Is5Ghz => Number > 14;

    /// <summary>Something was heard on it within a day.</summary>
    public bool IsFresh => Utilization.Newest >= _home.Grid.Count - HourGrid.Day || Networks.Newest >= _home.Grid.Count - HourGrid.Day;

    private Hourly Over(Func<HeardRow, double> valueOf, Func<IEnumerable<double>, double> join) =>
        new(_home.Grid, hour => join(Nodes.Select(node => RowOf(node, hour) is { } row ? valueOf(row) : double.NaN)));

    private HeardRow? RowOf(NodeView node, int hour) =>
        node.Sums[hour] is { } sum && new WindowView(sum) is var view && view.Channel == Number ? view.OwnRow : null;

    private double BeaconsAround(NodeView node, int hour)
    {
        if (RowOf(node, hour) is not { } own)
        {
            return double.NaN;
        }

        double beacons = 0, dwell = 0;
        foreach (HeardRow row in node.Sums[hour]!.Rows)
        {
            if (row.Channel == own.Channel || (!Is5Ghz && row.Channel <= 14 && Math.Abs((int)row.Channel - (int)own.Channel) <= Beside))
            {
                beacons += row.Beacons;
                dwell += row.DwellCs;
            }
        }

        return dwell == 0 ? double.NaN : BeaconInterval * Percent * beacons / dwell;
    }

    private static double Most(IEnumerable<double> values)
    {
        double most = double.NaN;
        foreach (double value in values)
        {
            most = double.IsNaN(most) || value > most ? value : most;
        }

        return most;
    }

    private static double SumOf(IEnumerable<double> values)
    {
        double sum = double.NaN;
        foreach (double value in values)
        {
            sum = double.IsNaN(value) ? sum : double.IsNaN(sum) ? value : sum + value;
        }

        return sum;
    }

    private static double BrokenShare(NodeView node, int hour)
    {
        if (node.Sums[hour] is not { Report.Survey: { } survey } sum)
        {
            return double.NaN;
        }

        double frames = survey.FcsErrors;
        foreach (HeardRow row in sum.Rows)
        {
            frames += (double)row.Beacons + row.OtherFrames;
        }

        return frames == 0 ? double.NaN : Percent * survey.FcsErrors / frames;
    }
}
