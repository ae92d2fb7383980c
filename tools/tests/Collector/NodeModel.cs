using GatewayAgent.Protocol;

namespace GatewayAgent.Tests.Collector;

/// <summary>
/// A node as the contract describes it, reduced to sequences: an outbox of few reports that are sent in any order, merged when room is
/// short, dropped when it is shorter, and freed by acknowledgements only.
/// </summary>
internal sealed class NodeModel(int room)
{
    private readonly List<Report> _outbox = [];
    private uint _sequence;

    /// <summary>Sequences that the node has given up before they were acknowledged.</summary>
    public HashSet<uint> Dropped { get; } = [];

    public IReadOnlyList<Report> Outbox => _outbox;

    public uint Produced => _sequence;

    public void Produce()
    {
        while (_outbox.Count >= room)
        {
            Drop(_outbox[0]);
        }

        _sequence++;
        uint oldest = _outbox.Count == 0 ? _sequence : First(_outbox[0]);
        _outbox.Add(Reports.Of(_sequence, _sequence, backlog: _sequence - oldest));
    }

    /// <summary>Merges a report with the next one, if there are two.</summary>
    public void Merge(int index)
    {
        if (_outbox.Count < 2)
        {
            return;
        }

        index %= _outbox.Count - 1;
        Report older = _outbox[index];
        Report merged = Reports.Of(First(older), _outbox[index + 1].Sequence, older.Backlog);
        _outbox.RemoveRange(index, 2);
        _outbox.Insert(index, merged);
    }

    public void Acknowledge(uint through)
    {
        while (_outbox.Count > 0 && _outbox[0].Sequence <= through)
        {
            _outbox.RemoveAt(0);
        }
    }

    private void Drop(Report report)
    {
        for (uint sequence = First(report); sequence <= report.Sequence; sequence++)
        {
            Dropped.Add(sequence);
        }

        _outbox.Remove(report);
    }

    private static uint First(Report report) => report.Sequence - report.Merged;
}
