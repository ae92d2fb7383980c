using GatewayAgent.Control;
using GatewayAgent.Device.Control;
using GatewayAgent.Device.Radio;
using GatewayAgent.DeviceTests.Fakes;
using GatewayAgent.Survival;

namespace GatewayAgent.Tests.Firmware;

/// <summary>Rule 1 of the design, measured: what the sampling thread allocates in steady state is nothing.</summary>
public class AllocationCounterTests
{
    private const int WarmUpTicks = 5_000;
    private const int Ticks = 10_000_000;

    [Fact]
    public void Ten_million_ticks_with_everything_on_allocate_nothing()
    {
        var native = new FakeNativeRadio();
        var clock = new FakeClock();
        Node node = NewNode(native, clock);
        Run(node, native, clock, WarmUpTicks);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(node, native, clock, Ticks);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
        Assert.Equal((uint)((WarmUpTicks + Ticks - 1) / 60), node.Sequence);
        Assert.True(native.Dwells > Ticks / 5, $"only {native.Dwells} visits: the survey was not part of the measurement");
    }

    private static Node NewNode(FakeNativeRadio native, FakeClock clock)
    {
        var settings = new AgentSettings
        {
            Home = "h",
            Node = "n",
            BrokerHost = "b",
            WindowSeconds = 60,
            FirstWindowSeconds = 60,
            HomeKey = new byte[Limits.HomeKeyBytes],
        };
        var parts = new NodeParts
        {
            Clock = clock,
            Radio = InteropRadio.Probe(native),
            Health = new FakeHealth(),
            Transport = new FakeTransport(),
            Probe = new FakeProbe(),
            Flash = new FakeFlash(),
            Supervision = new Supervision(),
            Configs = new JsonConfig(),
            Commands = new JsonCommand(),
            BootId = 1,
            Seed = 1,
        };
        Assert.NotNull(parts.Radio);
        return new Node(parts, settings);
    }

    // Reports are freed now and then, and left to fill the outbox in between: both are steady state.
    private static void Run(Node node, FakeNativeRadio native, FakeClock clock, int ticks)
    {
        for (int i = 0; i < ticks; i++)
        {
            native.Hear(i);
            node.SampleStep(clock.UptimeMs);
            clock.UptimeMs += 1000;
            if (i % 50_000 == 0)
            {
                node.Outbox.FreeThrough(node.Sequence);
            }
        }
    }
}
