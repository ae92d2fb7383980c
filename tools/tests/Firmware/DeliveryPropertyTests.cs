using GatewayAgent.Control;
using GatewayAgent.DeviceTests.Fakes;
using GatewayAgent.Ports;

namespace GatewayAgent.Tests.Firmware;

/// <summary>Whatever the network does: a report is stored once, or the node has counted it.</summary>
public class DeliveryPropertyTests
{
    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_report_is_stored_or_counted_as_lost(int seed)
    {
        var random = new Random(seed);
        var clock = new FakeClock();
        var world = new UnreliableWorld(random, clock);
        Node node = NewNode(clock, world, seed, seed % 2 == 0 ? new FakeFlash() : null);
        int hours = random.Next(1, 13);
        long upAt = 0;

        for (int second = 0; second < hours * 3600; second++)
        {
            upAt = Second(node, clock, world, upAt, hangs: random.Next(500) == 0 ? random.Next(400_000) : 0);
        }

        world.IsHealed = true;
        for (int second = 0; second < 4 * 3600; second++)
        {
            upAt = Second(node, clock, world, upAt, hangs: 0);
        }

        // What the last acknowledgement left is at most the reports of the last minutes.
        Assert.InRange(node.Outbox.Count, 0, 1);
        long missing = node.Sequence - node.Outbox.Count - world.Stored.Count(sequence => sequence <= node.Sequence - node.Outbox.Count);

        // A sum of reports of which some had arrived counts as a whole when it has to go: only a node without flash gets there.
        Assert.InRange(missing, seed % 2 == 0 ? world.Losses.Reports : 0, world.Losses.Reports + world.Losses.Unconfirmed);
        Assert.Equal(world.LiveSends.Order(), world.LiveSends);
        Assert.InRange(world.LargestPayload, 1, Limits.ReportBytes);
    }

    [Fact]
    public void A_long_outage_is_counted_to_the_report()
    {
        var clock = new FakeClock();
        var world = new UnreliableWorld(new Random(1), clock) { IsHealed = true };
        Node node = NewNode(clock, world, 1);
        for (int second = 0; second < 24 * 3600; second++)
        {
            node.SampleStep(clock.UptimeMs);
            clock.UptimeMs += 1000;
        }

        long upAt = clock.UptimeMs;
        for (int second = 0; second < 3600; second++)
        {
            upAt = Second(node, clock, world, upAt, hangs: 0);
        }

        Assert.True(world.Losses.Reports > 1000, $"only {world.Losses.Reports} reports were lost: no outage was tested");
        Assert.Equal(60 * world.Losses.Reports, world.Losses.ReportSeconds);
        Assert.Equal(node.Sequence - node.Outbox.Count, world.Stored.Count(sequence => sequence <= node.Sequence - node.Outbox.Count) + world.Losses.Reports);
    }

    private static long Second(Node node, FakeClock clock, UnreliableWorld world, long upAt, int hangs)
    {
        node.SampleStep(clock.UptimeMs);
        if (clock.UptimeMs >= upAt)
        {
            upAt = clock.UptimeMs + hangs + node.UplinkStep(clock.UptimeMs);
        }

        world.Tick();
        clock.UptimeMs += 1000;
        return upAt;
    }

    private static Node NewNode(FakeClock clock, UnreliableWorld world, int seed, IFlash? flash = null)
    {
        var radio = new FakeRadio { ChannelCount = 0 };
        var settings = new AgentSettings { Home = "h", Node = "n", BrokerHost = "b", WindowSeconds = 60, FirstWindowSeconds = 60 };
        var parts = new NodeParts
        {
            Clock = clock,
            Radio = radio,
            Health = new FakeHealth(),
            Transport = world,
            Probe = new FakeProbe(),
            Flash = flash,
            BootId = 1,
            Seed = seed,
        };
        return new Node(parts, settings);
    }
}
