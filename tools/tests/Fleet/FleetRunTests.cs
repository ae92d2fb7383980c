using System.Collections.Concurrent;
using GatewayAgent.Collector;
using GatewayAgent.Collector.Store;
using GatewayAgent.Gw;
using GatewayAgent.Gw.Fleet;
using GatewayAgent.Mosquitto;
using GatewayAgent.Protocol;
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
        using CollectorStore store = CollectorStore.Open(Store);
        Assert.Equal((result.Nodes, 0), (store.Fleet().Nodes, store.Fleet().NodesOnline));
    }

    [BrokerFact]
    public void Without_a_collector_nodes_ask_in_vain_and_go_off_line_all_the_same()
    {
        using MosquittoBroker broker = MosquittoBroker.Start(new MosquittoBrokerOptions());

        FleetResult result = Run(new FleetRequest
        {
            Homes = 1,
            Seed = 5,
            HistoryDays = 0,
            Days = 0.02,
            Speed = 100_000,
            Broker = new MosquittoOptions { Host = broker.Host, Port = broker.Port },
        });
        IReadOnlyList<State> states = Retained(broker, result.Nodes);

        Assert.NotEqual(0, result.Unacknowledged);
        Assert.All(states, state => Assert.Equal(State.Types.Status.Offline, state.Status));
    }

    [Fact]
    public void A_history_goes_into_a_store_without_a_broker()
    {
        FleetResult result = Run(new FleetRequest { Homes = 4, Seed = 9, HistoryDays = 1, Days = 0, Speed = 1, Store = Store });

        AssertStoredOnce(result);
        using CollectorStore store = CollectorStore.Open(Store);
        HomeSummary home = store.Homes(new HomeQuery { Prefix = "home-000001" }).Single();
        Assert.Equal(4, store.Fleet().Homes);
        Assert.Equal(result.Nodes, store.Fleet().NodesOnline);
        Assert.InRange((DateTimeOffset.UtcNow - home.LastReceived!.Value).TotalHours, -0.1, 24);
    }

    [Fact]
    public void A_store_that_cannot_be_used_is_said_before_the_fleet_is_made()
    {
        var told = new List<string>();
        File.WriteAllText(Store, "no store");

        Assert.Throws<CollectorStoreException>(
            () => new FleetRun(new FleetRequest { Homes = 1, Seed = 1, HistoryDays = 1, Speed = 1, Store = Store }, told.Add).Run(CancellationToken.None));

        Assert.Empty(told);
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

    private static IReadOnlyList<State> Retained(MosquittoBroker broker, int nodes)
    {
        using var all = new CountdownEvent(nodes);
        var states = new ConcurrentBag<State>();
        using var client = new MosquittoClient(new MosquittoOptions { Host = broker.Host, Port = broker.Port });
        client.MessageReceived += message =>
        {
            states.Add(State.Parser.ParseFrom(message.Payload));
            all.Signal();
        };
        client.Connect(TimeSpan.FromSeconds(15));
        client.Subscribe(Topics.Filter(Topics.State));
        Assert.True(all.Wait(TimeSpan.FromSeconds(30)));
        return [.. states];
    }

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
