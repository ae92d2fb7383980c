using System.Text.Json;
using GatewayAgent.Collector.Store;
using GatewayAgent.Mosquitto;
using Microsoft.Data.Sqlite;

namespace GatewayAgent.Tests.Gw;

/// <summary><c>gw replay</c> on the real capture: 1,170 s, five access points on channels 6 and 8.</summary>
public sealed class ReplayTests : GwFolder
{
    private const int Minutes = 20;
    private const string AllStored = """{"frames":39235,"beacons":39235,"reports":20,"stored":20,"duplicates":0,"rejected":0,"lost":0}""";

    private static string Capture => SharedData.Path("data/beacons/channel6-five-aps.pcap");

    private string Database => FileIn("out.db");

    [SharedDataFact]
    public void Ends_with_one_line_of_JSON_and_stores_every_report()
    {
        GwResult replay = GwProcess.Run("replay", Capture, "--interval", "60", "--db", Database);

        Assert.Equal(AllStored + "\n", replay.Out);
        Assert.Equal(0, replay.ExitCode);
    }

    [SharedDataTheory]
    [InlineData(60)]
    [InlineData(120)]
    [InlineData(300)]
    [InlineData(3600)]
    public void Export_agrees_with_an_independent_decoder(int interval)
    {
        GwProcess.Run("replay", Capture, "--interval", $"{interval}", "--db", Database);

        IReadOnlyList<ExportRow> rows = ExportRow.Parse(GwProcess.Run("export", "--db", Database, "--csv").Out);

        ExportRow[] expected = [.. Expected(interval)];
        Assert.Equal(expected.Select(row => (row.Start, row.Channel)), rows.Select(row => (row.Start, row.Channel)));
        Assert.All(rows.Zip(expected), pair => AssertAgree(pair.Second, pair.First));
        Assert.Equal(1171, rows.Where(row => row.Channel == 6).Sum(row => row.Span));
    }

    [SharedDataFact]
    public void A_replay_without_a_store_keeps_none_and_still_counts()
    {
        GwResult replay = GwProcess.Run("replay", Capture, "--interval", "60");

        Assert.Equal(AllStored, replay.LastLine);
    }

    [SharedDataFact]
    public void A_broker_that_is_gone_for_ten_minutes_costs_no_report_and_no_order()
    {
        GwResult replay = GwProcess.Run("replay", Capture, "--interval", "60", "--db", Database, "--broker-outage", "300:600");

        Assert.Equal(0, replay.ExitCode);
        AssertNothingLost(replay);
        Assert.Equal(Enumerable.Range(1, Minutes), StoredSequences());
    }

    [SharedDataTheory]
    [InlineData("collector")]
    [InlineData("broker")]
    public void Killing_a_child_in_the_middle_costs_no_report(string child)
    {
        using GwProcess gw = GwProcess.Start("replay", Capture, "--interval", "60", "--db", Database, "--speed", "100");
        int victim = gw.ChildId(child);
        gw.WaitFor(() => StoredReports() >= 3, "three stored reports");

        GwProcess.Signal("KILL", victim);

        GwResult replay = gw.WaitForEnd();
        Assert.Contains($"gw: the {child} (process {victim}) died: started again as process", replay.Error, StringComparison.Ordinal);
        Assert.Equal(0, replay.ExitCode);
        AssertNothingLost(replay);
        Assert.Equal(Enumerable.Range(1, Minutes), StoredSequences().Order());
    }

    [SharedDataFact]
    public void A_store_that_exists_is_only_added_to_when_asked_to_and_counts_are_those_of_the_run()
    {
        GwProcess.Run("replay", Capture, "--interval", "300", "--db", Database);

        GwResult refused = GwProcess.Run("replay", Capture, "--interval", "60", "--db", Database);
        GwResult added = GwProcess.Run("replay", Capture, "--interval", "60", "--db", Database, "--append", "--node", "second");

        Assert.Equal(2, refused.ExitCode);
        Assert.Equal($"gw: {Database} exists. Name another file, remove it, or add to it with --append\n", refused.Error);
        Assert.Equal(AllStored, added.LastLine);
        IReadOnlyList<ExportRow> second = ExportRow.Parse(GwProcess.Run("export", "--db", Database, "--csv", "--node", "second").Out);
        Assert.All(second, row => Assert.InRange(row.Span, 1, 60));
    }

    [SharedDataFact]
    public void Another_broker_that_takes_anybody_can_be_used()
    {
        using MosquittoBroker broker = MosquittoBroker.Start();

        GwResult replay = GwProcess.Run("replay", Capture, "--interval", "60", "--broker", $"{broker.Host}:{broker.Port}");

        Assert.Equal(AllStored, replay.LastLine);
    }

    [SharedDataFact]
    public void A_capture_cut_short_is_heard_as_far_as_it_goes()
    {
        byte[] whole = File.ReadAllBytes(Capture);

        GwResult replay = GwProcess.Run("replay", Written("cut.pcap", whole[..100_001]), "--interval", "60");

        Assert.Equal(0, replay.ExitCode);
        Assert.Contains("cut.pcap: the file ends within", replay.Error, StringComparison.Ordinal);
        AssertNothingLost(replay);
    }

    [SharedDataFact]
    public void Children_do_not_outlive_a_replay_that_is_killed()
    {
        using GwProcess gw = GwProcess.Start("replay", Capture, "--interval", "60", "--speed", "1");
        int[] children = [gw.ChildId("broker"), gw.ChildId("collector")];

        gw.Kill();

        Assert.True(SpinWait.SpinUntil(() => !children.Any(GwProcess.IsAlive), TimeSpan.FromMinutes(1)));
    }

    [SharedDataFact]
    public void Asked_to_stop_it_ends_its_children_and_says_that_it_was_interrupted()
    {
        using GwProcess gw = GwProcess.Start("replay", Capture, "--interval", "60", "--speed", "1");
        int[] children = [gw.ChildId("broker"), gw.ChildId("collector")];

        gw.Terminate();

        Assert.Equal(130, gw.WaitForEnd().ExitCode);
        Assert.DoesNotContain(children, GwProcess.IsAlive);
    }

    private static void AssertNothingLost(GwResult replay)
    {
        JsonElement counts = JsonDocument.Parse(replay.LastLine).RootElement;
        Assert.Equal(0, counts.GetProperty("lost").GetInt32());
        Assert.Equal(0, counts.GetProperty("rejected").GetInt32());
        Assert.Equal(counts.GetProperty("reports").GetInt32(), counts.GetProperty("stored").GetInt32());
        Assert.Equal(counts.GetProperty("frames").GetInt32(), counts.GetProperty("beacons").GetInt32());
    }

    private static IEnumerable<ExportRow> Expected(int interval) =>
        from line in ExpectedMinute.Read()
        group line by (Start: line.Minute * 60 / interval * interval, line.Channel) into window
        orderby window.Key
        select ExpectedMinute.Merge(window, window.Key.Channel, window.Key.Start, interval);

    private static void AssertAgree(ExportRow expected, ExportRow actual)
    {
        Assert.Equal(expected with { Span = 0, UtilizationMean = null }, actual with { Span = 0, UtilizationMean = null });
        Assert.Equal(expected.UtilizationMean.HasValue, actual.UtilizationMean.HasValue);
        Assert.InRange(actual.UtilizationMean.GetValueOrDefault() - expected.UtilizationMean.GetValueOrDefault(), -1, 1);
    }

    private long StoredReports()
    {
        try
        {
            using CollectorStore store = CollectorStore.Open(Database);
            return store.ReportCount();
        }
        catch (CollectorStoreException)
        {
            // Not made yet.
            return 0;
        }
    }

    /// <summary>Sequences in the order in which they were stored.</summary>
    private List<int> StoredSequences()
    {
        using var connection = new SqliteConnection($"Data Source={Database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT sequence FROM reports ORDER BY report_key";
        using SqliteDataReader reader = command.ExecuteReader();
        var sequences = new List<int>();
        while (reader.Read())
        {
            sequences.Add(reader.GetInt32(0));
        }

        return sequences;
    }
}
