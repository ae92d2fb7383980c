using System.Text;
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
        Assert.Equal(0, GwProcess.RunWithInput(Encoding.ASCII.GetBytes(payload), "decode", "-").ExitCode);
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

    [BrokerTheory]
    [InlineData]
    [InlineData("--tls")]
    public void It_says_how_to_talk_to_a_node_and_that_can_be_pasted(params string[] options)
    {
        using GwProcess gw = GwProcess.Start(["demo", "--db", Database, "--speed", "60", .. options]);
        gw.WaitFor(() => gw.Out.Contains("./gw survey ", StringComparison.Ordinal), "how to talk to a node");
        string[] said = [.. gw.Out.Split('\n').Where(line => line.Contains("./gw ", StringComparison.Ordinal)).Take(5)];

        GwResult set = Paste(said[0]);
        Assert.Equal((0, "demo/attic: version 1: applied\n"), (set.ExitCode, set.Out));
        Assert.Equal("demo/attic: version 1: applied\n", Paste(said[1]).Out);
        Assert.Matches("^demo/attic: locate gw-[0-9a-f]{13}: done\n$", Paste(said[2]).Out);
        Assert.Matches("^demo/attic: placement gw-[0-9a-f]{13}: done\n$", Paste(said[3]).Out);
        Assert.Matches("│ +11 │ [█▒·]{12} ", Paste(said[4]).Out);
        Assert.Matches("^demo/attic: reboot gw-[0-9a-f]{13}: accepted\n$", Paste(said[3].Replace(" placement ", " reboot ", StringComparison.Ordinal)).Out);
        gw.WaitFor(() => Nodes().Any(node => node is { Node: "attic", Birth: { Boots: 2, LastWords: ['c', 'o', ..] } }), "the second boot of the attic");
        gw.WaitFor(() => gw.Error.Contains("gw: attic runs on windows of 120 s", StringComparison.Ordinal), "the other window");
        gw.Terminate();
        Assert.Matches(@"(\d+) reports closed by 4 nodes, \1 of them stored", gw.WaitForEnd().Out);
        Assert.DoesNotContain(Directory.GetDirectories(Path.GetTempPath(), "gw-*"), folder => said[0].Contains($"{folder}/", StringComparison.Ordinal));
    }

    [BrokerFact]
    public void A_board_shows_that_its_node_was_told_to_show_itself()
    {
        using GwProcess gw = GwProcess.Start("demo", "--board", "bedroom", "--speed", "5", "--db", Database);
        gw.WaitFor(() => gw.Out.Contains(" display: Online ", StringComparison.Ordinal), "the node");
        string[] said = [.. gw.Out.Split('\n').Where(line => line.StartsWith("./gw command ", StringComparison.Ordinal))];

        Assert.Equal(0, Paste(said[0].Replace("--seconds 60", "--seconds 10", StringComparison.Ordinal)).ExitCode);
        gw.WaitFor(() => gw.Out.Contains(" bedroom locate; display: Here I am ", StringComparison.Ordinal), "the node to show itself");
        Assert.Equal(0, Paste(said[1]).ExitCode);
        gw.WaitFor(() => gw.Out.Contains(" display: Where to place me ", StringComparison.Ordinal), "the quality of the backhaul");
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

    /// <summary>Runs a line that the demo printed.</summary>
    private static GwResult Paste(string line)
    {
        const string Pipe = "' | ";
        int pipe = line.IndexOf(Pipe, StringComparison.Ordinal);
        string input = pipe < 0 ? "" : line["echo '".Length..pipe];
        string[] words = line[(pipe < 0 ? 0 : pipe + Pipe.Length)..].Split(' ');
        Assert.Equal("./gw", words[0]);
        return GwProcess.RunWithInput(Encoding.ASCII.GetBytes(input), words[1..]);
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
