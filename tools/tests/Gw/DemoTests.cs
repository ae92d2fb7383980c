using GatewayAgent.Collector.Store;
using GatewayAgent.Tests.Support;

namespace GatewayAgent.Tests.Gw;

/// <summary><c>gw demo</c> without a terminal: lines instead of a table.</summary>
public sealed class DemoTests : GwFolder
{
    private string Database => FileIn("demo.db");

    [BrokerFact]
    public void Four_nodes_report_until_it_is_asked_to_end_and_everything_they_closed_is_stored()
    {
        using GwProcess gw = GwProcess.Start("demo", "--db", Database, "--speed", "60");
        gw.WaitFor(() => Nodes().Count(node => node.Report?.Link != null) == 4, "reports of four nodes");

        gw.Terminate();

        GwResult demo = gw.WaitForEnd();
        Assert.Equal((0, ""), (demo.ExitCode, demo.Error));
        Assert.Matches(@"(\d+) reports closed by 4 nodes, \1 of them stored", demo.Out);
        Assert.Equal($"To see all: ./gw export --csv --db {Database}", demo.LastLine);
    }

    [BrokerFact]
    public void The_closing_words_hold_a_report_that_decode_reads()
    {
        GwResult demo = GwProcess.Run("demo", "--seconds", "3", "--speed", "60");

        string payload = demo.Out.Split('\n').Single(line => line.StartsWith("To read one: echo ", StringComparison.Ordinal)).Split(' ')[4];
        Assert.Equal(0, GwProcess.RunWithInput(System.Text.Encoding.ASCII.GetBytes(payload), "decode", "-").ExitCode);
    }

    [BrokerFact]
    public void With_the_stock_image_channels_are_not_known()
    {
        GwProcess.Run("demo", "--seconds", "3", "--speed", "60", "--stock", "--db", Database);

        Assert.All(Nodes(), node => Assert.Null(node.Report?.Survey));
        Assert.Contains(Nodes(), node => node.Report != null);
    }

    [BrokerFact]
    public void A_node_that_is_carried_about_says_where_it_belongs()
    {
        GwResult demo = GwProcess.Run("demo", "--board", "bedroom", "--walk", "--speed", "5", "--seconds", "12");

        string[] shown = [.. demo.Out.Split('\n').Where(line => line.Contains(" bedroom ", StringComparison.Ordinal))];
        Assert.Contains(shown, line => line.Contains("display: Online | bedroom", StringComparison.Ordinal));
        Assert.Contains(shown, line => line.Contains("display: Where to place me | -", StringComparison.Ordinal) && line.Contains(" closer | bedroom;", StringComparison.Ordinal));
        Assert.Contains(shown, line => line.Contains(" too close; display: ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_board_that_the_home_does_not_have_is_refused_by_the_names_it_has() =>
        Assert.Equal(
            new GwResult(2, "", "gw: the home has no node kitchen, but gateway, hall, bedroom, attic\n"), GwProcess.Run("demo", "--board", "kitchen"));

    [Fact]
    public void A_store_that_exists_is_left_alone()
    {
        string file = Written("old.db", [1]);

        GwResult refused = GwProcess.Run("demo", "--db", file);

        Assert.Equal(new GwResult(2, "", $"gw: {file} exists. Name another file for the demo's reports, or remove it\n"), refused);
    }

    private IReadOnlyList<NodeStatus> Nodes()
    {
        try
        {
            using CollectorStore store = CollectorStore.Open(Database);
            return store.Nodes();
        }
        catch (CollectorStoreException)
        {
            // Not made yet.
            return [];
        }
    }
}
