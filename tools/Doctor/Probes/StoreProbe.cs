using System.Data.Common;
using GatewayAgent.Collector.Store;

namespace GatewayAgent.Doctor.Probes;

/// <summary>Reads a collector's store, beside the collector.</summary>
internal static class StoreProbe
{
    private const int MostRejected = 1000;

    public static StoreEvidence? Look(string? address, (string Home, string Node)? name)
    {
        if (address == null)
        {
            return null;
        }

        try
        {
            using CollectorStore store = CollectorStore.Open(address);
            DateTimeOffset? newest = store.Homes(new HomeQuery { Order = HomeOrder.Name }).Max(home => home.LastReceived);
            if (name is not var (home, node))
            {
                return new StoreEvidence(null, null, [], newest, []);
            }

            IReadOnlyList<NodeStatus> nodes = store.Nodes(home);
            string branch = $"gw/v1/{home}/{node}/";
            return new StoreEvidence(
                null,
                nodes.FirstOrDefault(one => one.Node == node),
                [.. nodes.Where(one => one.Node != node)],
                newest,
                [.. store.Rejected(MostRejected).Where(one => one.Topic.StartsWith(branch, StringComparison.Ordinal))]);
        }
        catch (Exception e) when (e is CollectorStoreException or DbException or IOException or UnauthorizedAccessException)
        {
            return StoreEvidence.Unreadable(e.Message);
        }
    }
}
