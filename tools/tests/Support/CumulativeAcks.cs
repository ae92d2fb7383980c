using GatewayAgent.Protocol;

namespace GatewayAgent.Tests.Support;

/// <summary>What a collector may acknowledge: what is stored without a gap, or declared as never coming. One per node.</summary>
internal sealed class CumulativeAcks
{
    private readonly Dictionary<uint, SortedSet<uint>> _stored = [];
    private readonly Dictionary<uint, uint> _floors = [];

    /// <summary>Takes a report.</summary>
    /// <returns>The word on its boot; null while there is nothing to say.</returns>
    public Ack? Take(Report report)
    {
        SortedSet<uint> stored = _stored.TryGetValue(report.BootId, out var known) ? known : _stored[report.BootId] = [];
        uint first = report.Sequence - report.Merged;
        for (uint sequence = first; sequence <= report.Sequence; sequence++)
        {
            stored.Add(sequence);
        }

        uint floor = Math.Max(_floors.GetValueOrDefault(report.BootId, 1u), first - report.Backlog);
        while (stored.Contains(floor))
        {
            floor++;
        }

        _floors[report.BootId] = floor;
        return floor == 1 ? null : new Ack { BootId = report.BootId, Sequence = floor - 1 };
    }
}
