using GatewayAgent.Collector;
using GatewayAgent.Collector.Store;
using GatewayAgent.Gw;
using GatewayAgent.Gw.Fleet;
using GatewayAgent.Mosquitto;
using GatewayAgent.Tests.Support;

namespace GatewayAgent.Tests.Fleet;

/// <summary>Fleets from the command line's code into a real store.</summary>
public sealed class FleetRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gw-fleet-test-").FullName;

    private string Store => Path.Combine(_folder, "fleet.db");

    [BrokerFact]
    public void Through_a_broker_each_report_is_stored_once()
    {
        FleetResult result = Run(new FleetRequest { Homes = 6, Seed = 3, HistoryDays = 0, Days = 0.1, Speed = 100_000, Store = Store });

        AssertStoredOnce(result);
    }

    [Fact]
    public void A_history_goes_into_a_store_without_a_broker()
    {
        FleetResult result = Run(new FleetRequest { Homes = 4, Seed = 9, HistoryDays = 1, Days = 0, Speed = 1, Store = Store });

        AssertStoredOnce(result);
        using CollectorStore store = CollectorStore.Open(Store);
        HomeSummary home = store.Homes(new HomeQuery { Prefix = "home-000001" }).Single();
        Assert.Equal(4, store.Fleet().Homes);
        Assert.InRange((DateTimeOffset.UtcNow - home.LastReceived!.Value).TotalHours, -0.1, 24);
    }

    [Fact]
    public void The_collector_of_a_foreign_broker_has_its_own_store()
    {
        GwException refused = Assert.Throws<GwException>(
            () => Run(new FleetRequest { Homes = 1, Seed = 1, HistoryDays = 0, Speed = 1, Store = Store, Broker = new MosquittoOptions() }));

        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.False(File.Exists(Store));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static FleetResult Run(FleetRequest request) => new FleetRun(request, _ => { }).Run(CancellationToken.None);

    private void AssertStoredOnce(FleetResult result)
    {
        using CollectorStore store = CollectorStore.Open(Store);
        CollectorCounters counters = store.Counters();
        Assert.Equal(result.Reports - result.Unheard - result.Kept, counters.Stored - counters.Superseded);
        Assert.Equal(counters.Stored - counters.Superseded, store.ReportCount());
        Assert.Equal(0, counters.Rejected + counters.Overlaps);
        Assert.Equal(0, result.Unacknowledged);
        Assert.Equal(result.Homes, store.Fleet().Homes);
    }
}
