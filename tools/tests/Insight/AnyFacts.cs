using GatewayAgent.Insight;
using GatewayAgent.Insight.Facts;
using GatewayAgent.Protocol;

namespace GatewayAgent.Tests.Insight;

/// <summary>Facts that are valid and otherwise anything: groups missing, boots, gaps, merged windows, clocks unknown, states and notices or none.</summary>
internal sealed class AnyFacts(int seed)
{
    private readonly Random _random = new(seed);

    public HomeFacts Home()
    {
        DateTimeOffset now = Windows.Monday.AddMinutes(_random.Next(0, 20 * 24 * 60));
        DateTimeOffset from = now.AddDays(-_random.Next(0, 40));
        from = new DateTimeOffset(from.Ticks - (from.Ticks % TimeSpan.TicksPerHour), TimeSpan.Zero);
        int nodes = _random.Next(0, 5);
        return new HomeFacts { Home = "any", From = from, Now = now, Nodes = [.. Enumerable.Range(0, nodes).Select(i => Node($"node-{i}", from, now))] };
    }

    public NodeWindow Window(DateTimeOffset start, uint spanS)
    {
        var report = new Report
        {
            BootId = (uint)_random.Next(1, 4),
            Sequence = (uint)_random.Next(10, 1000),
            Merged = Maybe(() => (uint)_random.Next(9)),
            StartS = (uint)_random.Next(1_000_000),
            SpanS = spanS,
            Link = MaybeGroup(Link),
            Clients = MaybeGroup(Clients),
            Latency = MaybeGroup(() => new Latency
            {
                GatewayHistogram = { Histogram(16) },
                GatewayFailures = Count(),
                BrokerHistogram = { Histogram(16) },
                BrokerFailures = Count(),
            }),
            Health = MaybeGroup(Health),
            Survey = MaybeGroup(Survey),
            Losses = MaybeGroup(() => new Losses { Restarts = Count(), SamplesMissed = Count() }),
            Replayed = _random.Next(4) == 0,
        };
        return new NodeWindow(start, report, report.Survey == null ? [] : HeardRows.Read(report.Survey.Heard), _random.Next(5) == 0);
    }

    private NodeFacts Node(string name, DateTimeOffset from, DateTimeOffset now)
    {
        State? birth = MaybeGroup(() => new State
        {
            Role = (Role)_random.Next(2),
            Mode = (Mode)_random.Next(2),
            Radio = (Source)_random.Next(3),
            WindowS = Count(),
            Ap = (uint)_random.Next(3),
        });
        double share = _random.NextDouble();
        var windows = new List<NodeWindow>();
        var hours = new List<NodeHour>();
        for (DateTimeOffset hour = from; hour < now; hour = hour.AddHours(1))
        {
            if (_random.NextDouble() > share)
            {
                continue;
            }

            uint spanS = new uint[] { 60, 300, 900, 3600, 40_000 }[_random.Next(5)];
            List<NodeWindow> inHour = [.. Enumerable.Range(0, _random.Next(1, 4)).Select(i => Window(hour.AddSeconds(i * Math.Min(spanS, 1200)), spanS))];
            hours.Add(HomeInsight.HourOf(hour, inHour, birth));
            windows.AddRange(inHour.Where(window => window.Start >= now.AddDays(-2)));
        }

        return new NodeFacts
        {
            Node = name,
            Birth = birth,
            Status = _random.Next(3) == 0 ? null : (State.Types.Status)_random.Next(3),
            StatusSince = _random.Next(3) == 0 ? null : now.AddMinutes(-_random.Next(10_000)),
            LastReceived = _random.Next(3) == 0 ? null : now.AddMinutes(-_random.Next(10_000)),
            Hours = hours,
            Windows = windows,
            Notices = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => Notice(now))],
        };
    }

    private NodeNotice Notice(DateTimeOffset now) => new(now.AddHours(-_random.Next(50)), now.AddHours(-50 - _random.Next(50)), new Event
    {
        BootId = 1,
        Sequence = 1,
        Metric = (Metric)_random.Next(8),
        Recovered = _random.Next(2) == 0,
        Baseline = _random.Next(-90, 200),
        Now = _random.Next(-90, 200),
    });

    private Link Link()
    {
        var link = new Link { Source = (Source)_random.Next(2), RssiHistogram = { Histogram(40) }, SamplesWithoutRssi = Count(), Ap = (uint)_random.Next(3) };
        if (_random.Next(3) > 0)
        {
            link.Channel = new uint[] { 1, 6, 11, 36, 149 }[_random.Next(5)];
            link.Disconnects = Count();
        }

        return link;
    }

    private Clients Clients()
    {
        uint least = (uint)_random.Next(5), most = least + (uint)_random.Next(40), samples = (uint)_random.Next(200);
        var clients = new Clients { Source = (Source)_random.Next(4), Samples = samples, CountMin = least, CountMax = most, CountSum = samples * ((least + most) / 2) };
        if (clients.Source != Source.BssLoad)
        {
            clients.RssiHistogram.Add(Histogram(40));
            clients.AgeS = Count() * 100;
        }

        return clients;
    }

    private Health Health()
    {
        var health = new Health { ResetCause = (ResetCause)_random.Next(11), ThreadRestarts = Count() };
        if (_random.Next(2) == 0)
        {
            health.NativeFreeKib = Count();
            health.ManagedFreeKib = Count();
        }

        return health;
    }

    private Survey Survey()
    {
        var survey = new Survey { FcsErrors = Count() * 10, Quiet2G = 1u << 13, QuietDwellCs = { 1 + Count() } };
        foreach (uint channel in new uint[] { 1, 6, 11, 36, 149 }.Where(_ => _random.Next(2) == 0))
        {
            uint least = (uint)_random.Next(200), most = least + (uint)_random.Next(56), loads = _random.Next(3) == 0 ? 0 : 1 + Count();
            survey.Heard.Add([channel, Count() * 100, (uint)_random.Next(30), (uint)_random.Next(128), Count(), 1 + Count(), Count() * 100, loads]);
            if (loads > 0)
            {
                survey.Heard.Add([loads * ((least + most) / 2), least, most, (uint)_random.Next(60)]);
            }
        }

        return survey;
    }

    private uint[] Histogram(int bins)
    {
        int first = _random.Next(bins), stated = _random.Next(0, Math.Min(8, bins - first) + 1);
        return stated == 0 ? [] : [(uint)first, .. Enumerable.Range(0, stated).Select(_ => Count())];
    }

    private uint Count() => _random.Next(4) == 0 ? 0u : (uint)_random.Next(300);

    private uint Maybe(Func<uint> create) => _random.Next(4) == 0 ? create() : 0;

    private T? MaybeGroup<T>(Func<T> create)
        where T : class => _random.Next(4) > 0 ? create() : null;
}
