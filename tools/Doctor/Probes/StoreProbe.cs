using System.Data.Common;
using System.Diagnostics;
using GatewayAgent.Collector.Store;
using GatewayAgent.Protocol;

namespace GatewayAgent.Doctor.Probes;

/// <summary>Reads a collector's store, beside the collector.</summary>
internal static class StoreProbe
{
    private const int MostRejected = 1000;

    // A collector writes what came in less.
    private static readonly TimeSpan _writing = TimeSpan.FromSeconds(5), _look = TimeSpan.FromMilliseconds(250);

    /// <param name="heard">Reports of the node that came just now: the store is given time to have the newest sound one.</param>
    public static StoreEvidence? Look(
        string? address, (string Home, string Node)? name, IReadOnlyList<(DateTimeOffset At, ReportReading Report)> heard, CancellationToken cancel)
    {
        if (address == null)
        {
            return null;
        }

        (DateTimeOffset At, Report Report)? newest = heard.Where(one => one.Report.IsSound).Select(one => ((DateTimeOffset, Report)?)(one.At, one.Report.Message!)).LastOrDefault();
        for (var watch = Stopwatch.StartNew(); ; cancel.WaitHandle.WaitOne(_look))
        {
            cancel.ThrowIfCancellationRequested();
            StoreEvidence evidence = Look(address, name);
            if (newest is not var (at, report) || evidence.Problem != null || evidence.Has(at, report) || watch.Elapsed > _writing)
            {
                return evidence;
            }
        }
    }

    private static StoreEvidence Look(string address, (string Home, string Node)? name)
    {
        try
        {
            using CollectorStore store = CollectorStore.Open(address);
            DateTimeOffset? last = store.Homes(new HomeQuery { Order = HomeOrder.Name }).Max(home => home.LastReceived);
            if (name is not var (home, node))
            {
                return new StoreEvidence(null, null, [], last, []);
            }

            IReadOnlyList<NodeStatus> nodes = store.Nodes(home);
            string branch = $"gw/v1/{home}/{node}/";
            return new StoreEvidence(
                null,
                nodes.FirstOrDefault(one => one.Node == node),
                [.. nodes.Where(one => one.Node != node)],
                last,
                [.. store.Rejected(MostRejected).Where(one => one.Topic.StartsWith(branch, StringComparison.Ordinal))]);
        }
        catch (Exception e) when (e is CollectorStoreException or DbException or IOException or UnauthorizedAccessException)
        {
            return StoreEvidence.Unreadable(e.Message);
        }
    }
}
