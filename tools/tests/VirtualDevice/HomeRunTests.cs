using GatewayAgent.Protocol;
using GatewayAgent.VirtualDevice.Homes;

namespace GatewayAgent.Tests.VirtualDevice;

public class HomeRunTests
{
    private const int Seed = 7;

    [Fact]
    public void The_same_seed_is_the_same_run_to_the_byte()
    {
        Assert.Equal(Payloads(Seed), Payloads(Seed));
        Assert.NotEqual(Payloads(Seed), Payloads(Seed + 1));

        static IEnumerable<byte[]> Payloads(int seed)
        {
            var homes = new Homes(HomeScripts.Demo(seed));
            homes.Run(180);
            return homes.Transports.Values.SelectMany(transport => transport.Payloads).ToList();
        }
    }

    [Fact]
    public void Every_node_of_the_demo_reports_what_a_home_is_like()
    {
        var homes = new Homes(HomeScripts.Demo(Seed));
        homes.Run(600);

        Assert.Equal(["gateway", "hall", "bedroom", "attic"], homes.Transports.Keys);
        foreach (string node in homes.Transports.Keys)
        {
            Report[] whole = [.. homes.Messages(node).Where(report => report.Part == 0)];
            Assert.Equal(10, whole.Length);
            Assert.All(whole, report =>
            {
                Assert.Equal(6u, report.Link.Channel);
                Assert.NotEmpty(report.Link.RssiHistogram);
                Assert.NotEmpty(report.Latency.GatewayHistogram);
                Assert.True(report.Health.NativeFreeKib is > 100 and < 130);
            });
        }

        Assert.All(homes.Messages("gateway"), report => Assert.Null(report.Clients));
        Assert.Contains(homes.Messages("hall"), report => report.Clients.CountMax > 1);
    }

    [Fact]
    public void A_companion_tells_the_gateways_clients_and_never_leaves_its_channel()
    {
        var homes = new Homes(HomeScripts.Demo(Seed), hasRoles: true);
        homes.Run(600);

        ReportReading[] companion = [.. homes.Reports("gateway")];
        Assert.All(companion, report =>
        {
            Clients clients = report.Message!.Clients;
            Assert.Equal(Source.BssLoad, clients.Source);
            Assert.InRange(clients.Samples, 4u, 6u);
            Assert.InRange(clients.CountMax, 1u, 10u);
            Assert.Empty(clients.RssiHistogram);
            Assert.Equal(0u, report.Message.Health.OffChannelMs);
            Assert.Equal([6u], report.Rows.Where(row => row.DwellCs > 0).Select(row => row.Channel));
            Assert.Equal((0u, 0u), (report.Message.Survey.Quiet2G, report.Message.Survey.Quiet5G));
        });
        Assert.Contains("bss_load", ReportText.Write(companion[^1]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_companion_changes_nothing_for_the_mesh_nodes()
    {
        var with = new Homes(HomeScripts.Demo(Seed), hasRoles: true);
        var without = new Homes(HomeScripts.Demo(Seed));
        with.Run(300);
        without.Run(300);

        Assert.NotEqual(without.Messages("gateway"), with.Messages("gateway"));
        Assert.All(["hall", "bedroom", "attic"], node => Assert.Equal(without.Messages(node), with.Messages(node)));
    }

    [Fact]
    public void A_node_hears_its_own_channel_all_the_time_and_visits_the_others()
    {
        var homes = new Homes(HomeScripts.Demo(Seed));
        homes.Run(300);

        ReportReading report = homes.Reports("bedroom")[2];
        HeardRow own = report.Rows.Single(row => row.Channel == 6);

        Assert.InRange(own.DwellCs, 5500u, 6000u);
        Assert.True(own.Beacons > 800, $"{own.Beacons} beacons");
        Assert.True(own.OtherFrames > 300, $"{own.OtherFrames} other frames");
        Assert.InRange(own.Load!.Value.Mean, 5, 200);
        Assert.InRange(own.RssiMaxDbm!.Value, -75, -15);
        uint visits = report.Message!.Health.OffChannelMs / 120;
        Assert.InRange(visits, 1u, 15u);
        Assert.Equal(6000, report.Rows.Sum(row => row.DwellCs) + QuietDwell.Expand(report.Message.Survey).Sum(quiet => (int)quiet.DwellCs!.Value));
    }

    [Fact]
    public void A_node_beside_the_gateway_hears_it_better_than_one_in_the_attic()
    {
        var homes = new Homes(HomeScripts.Demo(Seed));
        homes.Run(120);

        Assert.True(StrongestBin(homes, "gateway") > StrongestBin(homes, "attic") + 5);

        static int StrongestBin(Homes homes, string node) => homes.Messages(node).Max(report => (int)report.Link.RssiHistogram[0] + report.Link.RssiHistogram.Count);
    }

    [Fact]
    public void A_microwave_shows_in_the_utilisation_of_its_channels()
    {
        HomeScript script = HomeScripts.Demo(Seed) with { Clients = [], Disturbances = [new MicrowaveOven(120, 240)] };
        var homes = new Homes(script);
        homes.Run(240);

        double[] means = [.. homes.Reports("hall").Select(report => report.Rows.Single(row => row.Channel == 6).Load!.Value.Mean)];

        Assert.Equal(4, means.Length);
        Assert.True(means[2..].Min() > means[..2].Max() + 60, string.Join(' ', means));
    }

    [Fact]
    public void A_gateway_reboot_disconnects_everybody_and_nothing_is_lost()
    {
        HomeScript script = HomeScripts.Demo(Seed) with { Disturbances = [new GatewayReboot(100, 190)] };
        var homes = new Homes(script);
        homes.Run(600);

        Assert.Equal(1, homes.Messages("gateway").Sum(report => report.Link?.Disconnects));
        Assert.Equal(4u, homes.Messages("gateway").First(report => report.Link?.Disconnects > 0).Link.LastReason);
        Assert.All(homes.Transports.Values, transport => Assert.True(transport.Connects > 1));
        Assert.All(homes.Transports.Keys, node => Assert.Equal(
            Enumerable.Range(1, homes.Messages(node).Count()).Select(i => (uint)i), homes.Messages(node).Select(report => report.Sequence)));
    }

    [Fact]
    public void A_failing_backhaul_ends_in_a_lost_uplink()
    {
        HomeScript script = HomeScripts.Demo(Seed) with { Disturbances = [new FailingBackhaul(60, 360, "attic", 50)] };
        var homes = new Homes(script);
        homes.Run(600);

        Assert.True(homes.Messages("attic").Sum(report => report.Link?.Disconnects) > 0);
        Assert.Equal(0, homes.Messages("hall").Sum(report => report.Link?.Disconnects));
    }

    [Fact]
    public void Stock_nodes_tell_their_link_and_stations_rarely_and_no_channels()
    {
        var homes = new Homes(HomeScripts.Demo(Seed), isStock: true);
        homes.Run(1200);

        Report[] reports = [.. homes.Messages("hall")];

        Assert.All(reports, report => Assert.Null(report.Survey));
        Assert.Equal(2, reports.Count(report => report.Link != null));
        Assert.All(reports.Where(report => report.Link != null), report => Assert.Equal(Source.StockScan, report.Link.Source));
        Assert.Contains(reports, report => report.Clients?.CountMax > 0);
    }
}
