using GatewayAgent.Insight;
using GatewayAgent.Insight.Diagnosis;
using GatewayAgent.Insight.Facts;
using GatewayAgent.Protocol;

namespace GatewayAgent.Tests.Insight;

/// <summary>
/// A home made by hand: every node's windows are written down from plain numbers that a test may change at any time of any node. No radio is simulated, so
/// that what a rule is held against is in sight.
/// </summary>
internal sealed class MadeHome
{
    private readonly List<MadeNode> _nodes = [];
    private readonly Random _random;

    public MadeHome(int seed = 1, int days = 21, int windowS = 300)
    {
        _random = new Random(seed);
        Days = days;
        WindowS = windowS;
        Now = Windows.Monday.AddDays(days).AddHours(19);
    }

    public int Days { get; }

    public int WindowS { get; }

    /// <summary>The moment of the assessment: 19:00 on a day.</summary>
    public DateTimeOffset Now { get; set; }

    public DateTimeOffset From => Windows.Monday;

    /// <summary>Of the clock in the home.</summary>
    public TimeZoneInfo? TimeZone { get; set; } = TimeZoneInfo.Utc;

    public IReadOnlyList<MadeNode> Nodes => _nodes;

    /// <summary>A node whose uplink usually stands at an RSSI.</summary>
    public MadeNode Add(string name, double linkDbm = -58, Role role = Role.MeshNode)
    {
        var node = new MadeNode(name, linkDbm, role, (uint)(_nodes.Count + 1));
        _nodes.Add(node);
        return node;
    }

    /// <summary>A companion and three nodes, as many homes have.</summary>
    public static MadeHome Usual(int seed = 1, int days = 21, int windowS = 300)
    {
        var home = new MadeHome(seed, days, windowS);
        home.Add("gateway", -45, Role.Companion);
        home.Add("hall", -52);
        home.Add("bedroom", -61);
        home.Add("attic", -64);
        return home;
    }

    public MadeNode Node(string name) => _nodes.Single(node => node.Name == name);

    public HomeAssessment Assess() => HomeInsight.Assess(ToFacts());

    public HomeFacts ToFacts() => new() { Home = "home-1", From = From, Now = Now, TimeZone = TimeZone, Nodes = [.. _nodes.Select(ToFacts).OrderBy(node => node.Node, StringComparer.Ordinal)] };

    private NodeFacts ToFacts(MadeNode node)
    {
        var windows = new List<NodeWindow>();
        var moods = new double[Days + 2];
        double slow = 0;
        for (int day = 0; day < moods.Length; day++)
        {
            moods[day] = 1 + (0.2 * Gaussian());
        }

        for (DateTimeOffset start = From; start.AddSeconds(WindowS) <= Now; start = start.AddSeconds(WindowS))
        {
            slow = (0.99 * slow) + (0.17 * Gaussian());
            double hour = start.TimeOfDay.TotalHours, activity = Activity(hour) * moods[(start - From).Days];
            var moment = new Moment(start, hour, activity)
            {
                LinkDbm = node.LinkDbm + slow + (0.5 * Gaussian()),
                Utilization = Math.Clamp(12 + (14 * activity) + (3 * Gaussian()), 3, 95),
                Clients = Math.Max(0, Math.Round((1.5 * activity) + (0.4 * Gaussian()))),
                ClientDbm = -57 + (2 * Gaussian()),
                GatewayMs = 4,
                BrokerMs = 20,
                Networks = 4,
            };
            foreach (Action<Moment> change in node.Changes)
            {
                change(moment);
            }

            if (!moment.IsSilent)
            {
                windows.Add(Write(node, moment));
            }
        }

        return ToFacts(node, windows);
    }

    private NodeFacts ToFacts(MadeNode node, List<NodeWindow> windows)
    {
        DateTimeOffset twoDaysAgo = Now.AddDays(-2);
        return new NodeFacts
        {
            Node = node.Name,
            Birth = node.Birth,
            Status = node.Status,
            StatusSince = node.StatusSince,
            LastReceived = windows.Count == 0 ? null : windows[^1].End,
            Hours = [.. from window in windows
                        group window by new DateTimeOffset(window.Start.Ticks - (window.Start.Ticks % TimeSpan.TicksPerHour), TimeSpan.Zero) into hour
                        orderby hour.Key
                        select HomeInsight.HourOf(hour.Key, [.. hour], node.Birth)],
            Windows = [.. windows.Where(window => window.Start >= twoDaysAgo)],
            Notices = node.Notices,
        };
    }

    private NodeWindow Write(MadeNode node, Moment m)
    {
        node.Sequence++;
        node.BootId += m.Boots ? 1u : 0;
        var report = new Report
        {
            BootId = node.BootId,
            Sequence = node.Sequence,
            StartS = (uint)(m.Start - From).TotalSeconds,
            SpanS = (uint)WindowS,
            Link = new Link { Channel = m.Channel, Disconnects = m.Disconnects, SamplesWithoutRssi = m.LinkGoneS, Ap = node.ServedBy },
            Latency = new Latency { GatewayFailures = m.GatewayFailures, BrokerFailures = m.BrokerFailures },
            Health = new Health { ManagedFreeKib = 40, NativeFreeKib = m.NativeFreeKib, ThreadRestarts = m.ThreadRestarts, ResetCause = m.ResetCause },
            Replayed = m.IsReplayed,
        };
        report.Link.RssiHistogram.Add(Spread(m.LinkDbm, 3, (uint)WindowS - Math.Min((uint)WindowS, m.LinkGoneS)));
        report.Latency.GatewayHistogram.Add([(uint)HistogramScale.Latency.BinOf((int)m.GatewayMs), (uint)WindowS / 30]);
        report.Latency.BrokerHistogram.Add(m.BrokerMs < 0 ? [] : [(uint)HistogramScale.Latency.BinOf((int)m.BrokerMs), 1]);
        WriteClients(node, m, report);
        if (node.IsStock)
        {
            report.Link.Source = Source.StockScan;
            report.Link.ClearChannel();
            report.Link.ClearDisconnects();
        }
        else
        {
            report.Survey = Heard(m);
        }

        return new NodeWindow(m.Start, report, report.Survey == null ? [] : HeardRows.Read(report.Survey.Heard));
    }

    private void WriteClients(MadeNode node, Moment m, Report report)
    {
        uint samples = (uint)WindowS / 10;
        bool isCompanion = node.Birth.Role == Role.Companion;
        report.Clients = new Clients
        {
            Source = isCompanion ? Source.BssLoad : Source.Native,
            Samples = samples,
            CountSum = samples * (uint)m.Clients,
            CountMin = (uint)m.Clients,
            CountMax = (uint)m.Clients,
        };
        uint weak = (uint)(samples * m.Clients * m.WeakClientShare);
        if (!isCompanion && m.Clients > 0)
        {
            uint[] strong = Spread(m.ClientDbm, 6, (samples * (uint)m.Clients) - weak);
            uint[] counts = new uint[40];
            Array.Copy(strong, 1, counts, strong[0], strong.Length - 1);
            counts[HistogramScale.Rssi.BinOf(-80)] += weak;
            report.Clients.RssiHistogram.Add([0u, .. counts]);
        }
    }

    private Survey Heard(Moment m)
    {
        uint dwell = (uint)WindowS * 90, beacons = (uint)(WindowS * 9), loads = beacons / 2;
        uint airtime = (uint)(dwell * 10 * m.Airtime / 100);
        uint frames = beacons + (uint)(WindowS * 40 * m.Activity);
        var survey = new Survey { FcsErrors = (uint)(frames * m.BrokenShare) };
        AddRow(survey, 1, 400, 2, beacons / 60, 10, m.OtherUtilization, m.OtherUtilization, airtime / 90);
        AddRow(survey, m.Channel, dwell, (uint)m.Networks, beacons, frames, m.Utilization, m.Most, airtime, loads, m.Stations);
        return survey;
    }

    private static void AddRow(Survey survey, uint channel, uint dwell, uint networks, uint beacons, uint frames, double mean, double most, uint airtime, uint loads = 10, uint stations = 5)
    {
        uint load = Math.Max(1, (uint)Math.Round(2.55 * mean));
        uint least = (uint)(load * 0.6), max = Math.Max(load, (uint)Math.Round(2.55 * Math.Min(100, most)));
        survey.Heard.Add([channel, dwell, networks, 60, beacons, frames, airtime, loads, loads * load, least, max, stations]);
    }

    private static uint[] Spread(double dbm, int sigma, uint samples)
    {
        uint[] counts = new uint[40];
        uint left = samples;
        for (int step = -3; step <= 3 && left > 0; step++)
        {
            uint share = step == 3 ? left : Math.Min(left, (uint)(samples * new[] { 0.03, 0.1, 0.22, 0.3, 0.22, 0.1 }[step + 3]));
            counts[HistogramScale.Rssi.BinOf((int)Math.Round(dbm + (step * sigma / 2.0)))] += share;
            left -= share;
        }

        return [0u, .. counts];
    }

    private double Gaussian() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    private static double Activity(double hour) => hour switch
    {
        < 6 => 0.1,
        < 8 => 0.7,
        < 16 => 0.8,
        < 19 => 1.4,
        < 23 => 2.2,
        _ => 0.8,
    };
}

/// <summary>A node of a <see cref="MadeHome"/>.</summary>
internal sealed class MadeNode(string name, double linkDbm, Role role, uint number)
{
    public string Name => name;

    public double LinkDbm => linkDbm;

    public State Birth { get; } = new() { Role = role, WindowS = 300, Ap = 0xA0 + number, Status = State.Types.Status.Online };

    public bool IsStock => Birth.Radio != Source.Native;

    public uint ServedBy { get; set; } = 0xFF;

    public State.Types.Status? Status { get; set; } = State.Types.Status.Online;

    public DateTimeOffset? StatusSince { get; set; }

    public uint Sequence { get; set; }

    public uint BootId { get; set; } = number * 1000;

    public List<Action<Moment>> Changes { get; } = [];

    public List<NodeNotice> Notices { get; } = [];

    public MadeNode HangsOn(MadeNode parent)
    {
        ServedBy = parent.Birth.Ap;
        return this;
    }

    /// <summary>Changes what is so from a moment on, or from a moment to another.</summary>
    public MadeNode From(DateTimeOffset from, Action<Moment> change, DateTimeOffset? to = null)
    {
        Changes.Add(moment =>
        {
            if (moment.Start >= from && !(moment.Start >= to))
            {
                change(moment);
            }
        });
        return this;
    }

    public MadeNode Always(Action<Moment> change) => From(DateTimeOffset.MinValue, change);
}

/// <summary>What a window of a node is made of.</summary>
internal sealed record Moment(DateTimeOffset Start, double Hour, double Activity)
{
    public double LinkDbm { get; set; }

    public uint LinkGoneS { get; set; }

    public uint Disconnects { get; set; }

    public uint Channel { get; set; } = 6;

    /// <summary>%.</summary>
    public double Utilization { get; set; }

    /// <summary>%, largest of the window.</summary>
    public double Most { get => _most > 0 ? _most : Utilization * 1.3; set => _most = value; }

    /// <summary>%, of channel 1.</summary>
    public double OtherUtilization { get; set; } = 15;

    /// <summary>%, of frames that could be read.</summary>
    public double Airtime { get => _airtime >= 0 ? _airtime : Utilization * 0.6; set => _airtime = value; }

    public double Networks { get; set; }

    /// <summary>As the access point on the channel that has most of them states it.</summary>
    public uint Stations { get; set; } = 5;

    public double BrokenShare { get; set; } = 0.02;

    public double Clients { get; set; }

    public double ClientDbm { get; set; }

    public double WeakClientShare { get; set; }

    public double GatewayMs { get; set; }

    public uint GatewayFailures { get; set; }

    /// <summary>Negative = none was measured.</summary>
    public double BrokerMs { get; set; }

    public uint BrokerFailures { get; set; }

    public uint NativeFreeKib { get; set; } = 90;

    public uint ThreadRestarts { get; set; }

    public bool Boots { get; set; }

    public ResetCause ResetCause { get; set; }

    public bool IsReplayed { get; set; }

    public bool IsSilent { get; set; }

    private double _most, _airtime = -1;
}
