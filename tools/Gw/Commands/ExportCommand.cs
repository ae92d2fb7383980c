using System.CommandLine;
using System.Text;
using GatewayAgent.Collector.Store;

namespace GatewayAgent.Gw.Commands;

/// <summary><c>export</c>: what a store holds, as CSV.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        Option<string> database = CommonOptions.Store("Store of a collector");
        var csv = new Option<bool>("--csv") { Description = "Comma-separated values, the one format there is", Required = true };
        var reports = new Option<bool>("--reports")
        {
            Description = "A row for each report, with source and age of link and clients; stock images have only these, for they know no channels",
        };
        var home = new Option<string?>("--home") { Description = "Only this home", HelpName = "ID" };
        var node = new Option<string?>("--node") { Description = "Only nodes of this id", HelpName = "ID" };
        var command = new GwCommand("export", "Writes what a store holds as CSV: a row for each report and channel heard, or for each report.")
        {
            Details = "Rows are ordered by home, node and time. An empty cell is \"not measured\"; utilisation is 0–255 as in the BSS Load "
                + "element. Works beside a collector that runs.",
            Examples = ["./gw export --db out.db --csv > out.csv", "./gw export --db fleet.db --csv --reports --home h17 --node attic"],
        };
        command.Add(database);
        command.Add(csv);
        command.Add(reports);
        command.Add(home);
        command.Add(node);
        command.SetAction(typed => Run(typed.GetRequiredValue(database), typed.GetValue(reports), typed.GetValue(home), typed.GetValue(node)));
        return command;
    }

    private static int Run(string database, bool isByReport, string? home, string? node)
    {
        using CollectorStore store = CollectorStore.Open(database);
        using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        if (isByReport)
        {
            store.ExportReportsCsv(output, home, node);
        }
        else
        {
            store.ExportCsv(output, home, node);
        }

        return ExitCode.Ok;
    }
}
