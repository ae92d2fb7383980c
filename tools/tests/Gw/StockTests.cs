using GatewayAgent.Protocol;
using GatewayAgent.Tests.Support;
using GatewayAgent.Tests.VirtualDevice;
using GatewayAgent.VirtualDevice.Homes;
using Google.Protobuf;

namespace GatewayAgent.Tests.Gw;

/// <summary>Stock images from the agent to what people see: what is unknown is shown as unknown, nowhere as idle or 0.</summary>
public sealed class StockTests : GwFolder
{
    [Fact]
    public void Reports_state_sources_and_ages_and_nothing_that_a_stock_image_does_not_know()
    {
        var homes = new Homes(HomeScripts.Demo(1), isStock: true);
        homes.Run(1200);

        Report[] reports = [.. homes.Messages("hall")];
        Link[] links = [.. reports.Where(report => report.Link != null).Select(report => report.Link)];

        // A scan ends 7 s after it began, at second 0 and 900; the windows are of 60 s.
        Assert.Equal([(Source.StockScan, 53u), (Source.StockScan, 53u)], links.Select(link => (link.Source, link.AgeS)));
        Assert.All(links, link => Assert.False(link.HasChannel || link.HasDisconnects || link.HasLastReason));
        Assert.All(reports, report => Assert.Null(report.Survey));
        Assert.All(reports.Where(report => report.Clients != null), report => Assert.Equal(Source.StockEvent, report.Clients.Source));
        Assert.Contains(reports, report => report.Clients is { HasAgeS: true, AgeS: > 60 });
        Assert.Equal(2 * 7000u, (uint)reports.Sum(report => report.Health?.OffChannelMs ?? 0));
    }

    [Fact]
    public void A_stock_report_reads_as_not_measured()
    {
        var homes = new Homes(HomeScripts.Demo(1), isStock: true);
        homes.Run(120);

        GwResult text = GwProcess.RunWithInput(homes.Messages("hall").First().ToByteArray(), "decode", "-");

        Assert.Equal(0, text.ExitCode);
        Assert.Matches("link +stock_scan, 53 s old, channel -\n", text.Out);
        Assert.Contains("- disconnects", text.Out, StringComparison.Ordinal);
        Assert.Matches("survey +not measured\n", text.Out);
    }

    [BrokerFact]
    public void Store_export_and_table_have_sources_and_no_channel_of_a_stock_home()
    {
        GwResult demo = GwProcess.Run("demo", "--seconds", "6", "--speed", "60", "--stock", "--db", FileIn("stock.db"));
        GwResult csv = GwProcess.Run("export", "--csv", "--db", FileIn("stock.db"));
        GwResult reports = GwProcess.Run("export", "--csv", "--reports", "--db", FileIn("stock.db"));

        Assert.Equal((0, 0, 0), (demo.ExitCode, csv.ExitCode, reports.ExitCode));
        Assert.Empty(ExportRow.Parse(csv.Out));
        Assert.Matches(@",stock_scan,\d+,,-\d+,,", reports.Out);
        Assert.Matches(@",stock_event,\d+,\d+,\d+\.\d,\d+,-\d+,,\d+\n", reports.Out);
        Assert.DoesNotContain("native", reports.Out, StringComparison.Ordinal);
        Assert.EndsWith($"To see all: ./gw export --csv --reports --db {FileIn("stock.db")}\n", demo.Out, StringComparison.Ordinal);
        Assert.Contains("utilisation –, – channels heard", demo.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(", 0 channels heard", demo.Out, StringComparison.Ordinal);
    }
}
