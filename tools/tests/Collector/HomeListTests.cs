using GatewayAgent.Collector.Assessing;
using GatewayAgent.Collector.Store;
using GatewayAgent.Insight.Diagnosis;
using GatewayAgent.Protocol;
using GatewayAgent.Tests.Collector.Stores;
using Google.Protobuf;

namespace GatewayAgent.Tests.Collector;

public abstract class HomeListTests(StoreKind kind) : IDisposable
{
    private static readonly DateTimeOffset _noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryStore _store = new(kind) { NowMs = _noon.ToUnixTimeMilliseconds() };

    public void Dispose() => _store.Dispose();

    [StoreFact]
    public void A_home_that_was_not_assessed_is_listed_with_what_is_known()
    {
        _store.Write(
            ("gw/v1/a-1/n/report", Reports.Single(1).ToByteArray()),
            ("gw/v1/a-1/m/state", new State { Status = State.Types.Status.Online, BootId = 1 }.ToByteArray()));

        using CollectorStore store = _store.Read();
        HomeSummary home = Assert.Single(store.Homes(new HomeQuery()));
        Assert.Equal(new HomeSummary("a-1", 2, 1, null, null, false, null, null, null, null, null, null, _noon), home);
        Assert.Null(store.Assessment("a-1"));
        Assert.Null(store.Assessment("no\0home"));
    }

    [StoreFact]
    public void A_home_is_listed_with_the_likeliest_of_what_was_found()
    {
        Save(Homes.Sick("b", _noon, Cause.WeakBackhaul, 61.5, 90));

        using CollectorStore store = _store.Read();
        HomeSummary home = Assert.Single(store.Homes(new HomeQuery()));
        Assert.Equal(
            new HomeSummary(
                "b", 1, 0, 61.5, 90, true, Cause.WeakBackhaul, "bedroom", 0.75, _noon.AddDays(-2), "The bedroom's link fell from −61 to −79 dBm.", _noon, _noon),
            home);
    }

    [StoreFact]
    public void An_assessment_is_read_back_whole()
    {
        HomeAssessment said = Homes.Sick("b", _noon, Cause.WeakBackhaul, 61.5, 90);
        Save(said);

        using CollectorStore store = _store.Read();
        HomeAssessment read = store.Assessment("b")!;
        Assert.Equal((said.Home, said.At, said.Index, said.BaselineIndex, said.IsGettingWorse, said.Day), (read.Home, read.At, read.Index, read.BaselineIndex, read.IsGettingWorse, read.Day));
        Assert.Equal(said.Nodes, read.Nodes);
        Assert.Equal(said.Dismissed, read.Dismissed);
        Finding finding = Assert.Single(read.Findings);
        Assert.Equal(said.Findings[0] with { Evidence = finding.Evidence }, finding);
        Evidence evidence = Assert.Single(finding.Evidence);
        Assert.Equal(said.Findings[0].Evidence[0] with { Series = evidence.Series }, evidence);
        Assert.Equal(said.Findings[0].Evidence[0].Series, evidence.Series);
    }

    [StoreTheory]
    [InlineData(HomeOrder.Name, "a b c d")]
    [InlineData(HomeOrder.Worst, "b a c d")]
    [InlineData(HomeOrder.Falling, "c a b d")]
    [InlineData(HomeOrder.Assessed, "c b a d")]
    public void Homes_are_listed_in_the_order_asked_for_with_the_unknown_last(HomeOrder order, string homes)
    {
        SaveFour();

        Assert.Equal(homes, List(new HomeQuery { Order = order }));
        Assert.Equal(homes[2..5], List(new HomeQuery { Order = order, Skip = 1, Limit = 2 }));
    }

    [StoreFact]
    public void Homes_are_listed_by_what_is_asked()
    {
        SaveFour();
        Save(Homes.Healthy("b2", _noon));

        Assert.Equal("c", List(new HomeQuery { Cause = Cause.NewNeighbour }));
        Assert.Equal("a c", List(new HomeQuery { OnlyGettingWorse = true }));
        Assert.Equal("b b2", List(new HomeQuery { Prefix = "b" }));
        Assert.Equal("a b2", List(new HomeQuery { Scope = ["a", "b2", "x"] }));
        Assert.Equal("b2", List(new HomeQuery { Scope = ["a", "b2"], Prefix = "b" }));
        Assert.Equal("a b b2 c d", List(new HomeQuery { Scope = [""] }));
        Assert.Equal("b a b2", List(new HomeQuery { AssessedAfter = _noon.AddMinutes(-3), Order = HomeOrder.Assessed }));
    }

    [StoreTheory]
    [InlineData("%")]
    [InlineData("'; DROP TABLE homes; --")]
    [InlineData("\0")]
    [InlineData("\uD800")]
    public void A_hostile_prefix_finds_nothing_and_does_no_harm(string prefix)
    {
        SaveFour();

        Assert.Equal("", List(new HomeQuery { Prefix = prefix }));
        Assert.Equal("", List(new HomeQuery { Scope = [prefix] }));
        Assert.Equal("", List(new HomeQuery { Scope = [] }));
        using CollectorStore store = _store.Read();
        Assert.Equal(0, store.Fleet([prefix]).Homes);
        Assert.Equal(4, store.Fleet().Homes);
    }

    [StoreFact]
    public void A_fleet_is_told_in_numbers()
    {
        SaveFour();
        _store.Write(("gw/v1/a/m/state", new State { Status = State.Types.Status.Online, BootId = 1 }.ToByteArray()));

        using CollectorStore store = _store.Read();
        FleetSummary fleet = store.Fleet();
        Assert.Equal((4, 5, 1), (fleet.Homes, fleet.Nodes, fleet.NodesOnline));
        Assert.Equal((1, 1, 1, 1, 2), (fleet.Good, fleet.Fair, fleet.Poor, fleet.Unknown, fleet.GettingWorse));
        Assert.Equal((80 + 60 + 90) / 3.0, fleet.MeanIndex!.Value, 6);
        Assert.Equal(new Dictionary<Cause, long> { [Cause.WeakBackhaul] = 1, [Cause.SickNode] = 1, [Cause.NewNeighbour] = 1 }, fleet.ByCause);
        Assert.Equal((1, 2, 1), (store.Fleet(["a"]).Homes, store.Fleet(["a"]).Nodes, store.Fleet(["a"]).Fair));
    }

    private void SaveFour()
    {
        Save(Homes.Sick("a", _noon, Cause.WeakBackhaul, 80, 85));
        Save(Homes.Sick("b", _noon.AddMinutes(-2), Cause.SickNode, 60, 60));
        Save(Homes.Sick("c", _noon.AddMinutes(-4), Cause.NewNeighbour, 90, 98));
        _store.Write(("gw/v1/d/n/report", Reports.Single(1).ToByteArray()));
    }

    private void Save(HomeAssessment assessment)
    {
        _store.Write(($"gw/v1/{assessment.Home}/n/report", Reports.Single(1).ToByteArray()));
        using StoreConnections connections = _store.Upkeep();
        var assessor = new HomeAssessor(connections, _store.Options with { AssessEvery = TimeSpan.FromDays(1) }, Homes.HourOf, _ => assessment, new Noon(), Assert.Fail);
        Assert.True(assessor.Step());
    }

    private string List(HomeQuery query)
    {
        using CollectorStore store = _store.Read();
        Assert.Equal(store.Homes(query with { Skip = 0, Limit = int.MaxValue }).Count, store.HomeCount(query));
        return string.Join(' ', store.Homes(query).Select(home => home.Home));
    }

    private sealed class Noon : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => _noon;
    }
}

public sealed class HomeListTestsOnSqlite() : HomeListTests(StoreKind.Sqlite);

public sealed class HomeListTestsOnPostgres() : HomeListTests(StoreKind.Postgres);
