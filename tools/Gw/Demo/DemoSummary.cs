using System.Globalization;
using System.Text;
using GatewayAgent.Collector.Store;
using GatewayAgent.VirtualDevice.Homes;
using Google.Protobuf;

namespace GatewayAgent.Gw.Demo;

/// <summary>The last words of a demo: what became of the reports, and what to try next.</summary>
internal static class DemoSummary
{
    /// <param name="database">Closed by its collector.</param>
    /// <param name="isKept">The store stays.</param>
    /// <param name="isStock">No node knows a channel, by which rows are exported otherwise.</param>
    public static string Of(string database, bool isKept, bool isStock, HomeRun home)
    {
        using CollectorStore store = CollectorStore.Open(database);
        IReadOnlyList<NodeStatus> nodes = store.Nodes();
        long closed = home.Nodes.SelectMany(node => node.Boots).Sum(boot => boot.Reports);
        long stored = home.Nodes.Sum(node => node.Boots.Sum(boot => store.Totals(node.Settings.Home, node.Name, boot.BootId).Sequences));
        var text = new StringBuilder();
        TimeSpan time = TimeSpan.FromMilliseconds(home.Simulation.Clock.UptimeMs);
        text.Append(CultureInfo.InvariantCulture, $"{time:h':'mm':'ss} of the home's time: {closed} reports closed by {home.Nodes.Count} nodes, {stored} of them stored, ");
        text.Append(CultureInfo.InvariantCulture, $"{Bytes(home)} bytes a message.\n");
        if (nodes.Select(node => node.Report).LastOrDefault(report => report != null) is { } report)
        {
            text.Append(CultureInfo.InvariantCulture, $"To read one: echo {Convert.ToHexStringLower(report.ToByteArray())} | ./gw decode -\n");
        }

        text.Append(isKept ? $"To see all: ./gw export --csv {(isStock ? "--reports " : "")}--db {database}\n" : "To keep the reports: ./gw demo --db demo.db\n");
        return text.ToString();
    }

    private static long Bytes(HomeRun home) => home.Nodes.Sum(node => node.SentBytes) / Math.Max(1, home.Nodes.Sum(node => node.SentPackets));
}
