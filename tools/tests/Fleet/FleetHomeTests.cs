using GatewayAgent.Protocol;
using GatewayAgent.Tests.Support;
using GatewayAgent.VirtualDevice.Fleet;

namespace GatewayAgent.Tests.Fleet;

/// <summary>What simulated homes say is what firmware could have said.</summary>
public sealed class FleetHomeTests
{
    private const long Start = 1_767_571_200;
    private const int Hour = 3600, Day = 24 * Hour;

    public static TheoryData<TroubleKind> Troubles => [.. Enum.GetValues<TroubleKind>()];

    [Theory]
    [MemberData(nameof(Troubles))]
    public void Whatever_happens_a_collector_takes_every_message(TroubleKind trouble)
    {
        for (int seed = 1; seed <= 3; seed++)
        {
            var life = new FleetLife(new FleetHome("home", seed, trouble, Start, Start + (Day / 2)));

            life.LiveUntil(Start + Day);

            Assert.NotEmpty(life.Said);
            foreach (FleetMessage message in life.Said)
            {
                Assert.InRange(message.Payload.Length, 1, PayloadReader.MaxBytes);
                Assert.True(IsSound(message), $"seed {seed}: {message.Node} {message.Leaf} is refused");
            }
        }
    }

    [Fact]
    public void The_same_seed_is_the_same_life()
    {
        static IEnumerable<string> Lived(int seed)
        {
            var life = new FleetLife(new FleetHome("home", seed, TroubleKind.SickNode, Start, Start + (2 * Hour)));
            life.LiveUntil(Start + (8 * Hour));
            return life.Said.Select(message => $"{message.AtMs} {message.Node} {message.Leaf} {Convert.ToHexString(message.Payload)}");
        }

        Assert.Equal(Lived(5), Lived(5));
        Assert.NotEqual(Lived(5), Lived(6));
    }

    [Theory]
    [InlineData(TroubleKind.Healthy)]
    [InlineData(TroubleKind.WanDown)]
    [InlineData(TroubleKind.SickNode)]
    public void Every_report_arrives_once_it_can_and_is_freed_then(TroubleKind trouble)
    {
        var home = new FleetHome("home", 3, trouble, Start, Start + (6 * Hour));
        var life = new FleetLife(home);

        life.LiveUntil(Start + (3 * Day));

        Assert.Equal(home.Produced, life.Sequences + home.Unheard + home.Held);
        Assert.Equal(0, home.Unacknowledged);
    }

    [Fact]
    public void In_an_outage_nothing_comes_and_afterwards_what_was_kept_with_its_backlog()
    {
        var life = new FleetLife(new FleetHome("home", 3, TroubleKind.WanDown, Start, Start + (6 * Hour)));

        life.LiveUntil(Start + (3 * Day));

        long from = (Start + (6 * Hour) + Hour / 60) * 1000L, to = (Start + (7 * Hour)) * 1000L;
        Assert.DoesNotContain(life.Reports, report => report.AtMs > from && report.AtMs < to);
        Assert.Contains(life.Reports, report => report.Report is { Replayed: false, Backlog: > 0 });
        List<Said> kept = [.. life.Reports.Where(report => report.Report.Replayed)];
        Assert.NotEmpty(kept);
        Assert.Contains(kept, report => report.AtMs - EndMs(report.Report) > 30 * 60 * 1000);
        Assert.Contains(life.Reports, report => report.Report.Latency?.BrokerFailures > 0);
    }

    [Fact]
    public void What_is_not_acknowledged_goes_again_until_it_is()
    {
        var home = new FleetHome("home", 2, TroubleKind.Healthy, Start, Start);
        var life = new FleetLife(home) { IsCollectorUp = false };
        life.LiveUntil(Start + (3 * Hour));
        long held = home.Unacknowledged;

        life.IsCollectorUp = true;
        life.LiveUntil(Start + (7 * Hour));

        Assert.InRange(held, 1, home.Produced);
        Assert.Contains(life.Reports, report => report.Report.Replayed);
        Assert.Equal(0, home.Unacknowledged);
        Assert.Equal(home.Produced, life.Sequences + home.Unheard + home.Held);
    }

    private static long EndMs(Report report) => (report.BootTime + (long)report.StartS + report.SpanS) * 1000;

    private static bool IsSound(FleetMessage message) => message.Leaf switch
    {
        Topics.Report => PayloadReader.ReadReport(message.Payload).IsSound,
        Topics.Event => PayloadReader.ReadEvent(message.Payload).IsSound,
        _ => PayloadReader.ReadState(message.Payload).IsSound,
    };
}

/// <summary>A report that was said.</summary>
internal sealed record Said(long AtMs, string Node, Report Report);

/// <summary>A home and a collector that acknowledges as soon as it hears.</summary>
internal sealed class FleetLife(FleetHome home)
{
    private readonly FleetBench _bench = new();
    private readonly Dictionary<string, CumulativeAcks> _acks = [];
    private readonly HashSet<(string Node, uint Boot, uint Sequence)> _sequences = [];

    /// <summary>False: it hears nothing.</summary>
    public bool IsCollectorUp { get; set; } = true;

    public List<FleetMessage> Said { get; } = [];

    public List<Said> Reports { get; } = [];

    /// <summary>Sequences that arrived at a collector, each once.</summary>
    public int Sequences => _sequences.Count;

    public void LiveUntil(long end)
    {
        while (home.LivedUntil < end)
        {
            var said = new List<FleetMessage>();
            home.Live(_bench, said.Add);
            foreach (FleetMessage message in said.OrderBy(message => message.AtMs))
            {
                Take(message);
            }
        }
    }

    private void Take(FleetMessage message)
    {
        Said.Add(message);
        if (message.Leaf != Topics.Report)
        {
            return;
        }

        Report report = Report.Parser.ParseFrom(message.Payload);
        Reports.Add(new Said(message.AtMs, message.Node, report));
        if (IsCollectorUp)
        {
            Store(message, report);
        }
    }

    private void Store(FleetMessage message, Report report)
    {
        for (uint sequence = report.Sequence - report.Merged; sequence <= report.Sequence; sequence++)
        {
            _sequences.Add((message.Node, report.BootId, sequence));
        }

        if (!_acks.TryGetValue(message.Node, out CumulativeAcks? acks))
        {
            _acks.Add(message.Node, acks = new CumulativeAcks());
        }

        if (acks.Take(report) is { } ack)
        {
            home.Acknowledge(message.Node, ack.BootId, ack.Sequence, message.AtMs / 1000);
        }
    }
}
