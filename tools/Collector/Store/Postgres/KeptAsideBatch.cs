using GatewayAgent.Collector.Ingest;
using Npgsql;

namespace GatewayAgent.Collector.Store.Postgres;

/// <summary>Payloads kept aside by a batch, and ranges that were before, of its boots: read when they are first asked for, which is seldom.</summary>
internal sealed class KeptAsideBatch(int capacity)
{
    private readonly List<(Intake Intake, string Reason, Boot? Boot, SequenceRange Range)> _added = [];
    private Dictionary<long, List<SequenceRange>>? _known;

    public void Reset()
    {
        _added.Clear();
        _known = null;
    }

    public bool Holds(NpgsqlConnection connection, IReadOnlyCollection<Boot> boots, Boot boot, SequenceRange range) =>
        Ranges(connection, boots, boot).Contains(range);

    /// <summary>The end of the longest range that holds a sequence, or null.</summary>
    public uint? EndOf(NpgsqlConnection connection, IReadOnlyCollection<Boot> boots, Boot boot, uint sequence)
    {
        uint end = 0;
        foreach (SequenceRange range in Ranges(connection, boots, boot))
        {
            end = range.First <= sequence && sequence <= range.Last ? Math.Max(end, range.Last) : end;
        }

        return end == 0 ? null : end;
    }

    public void Add(Intake intake, string reason, Boot? boot, SequenceRange range)
    {
        _added.Add((intake, reason, boot, range));
        if (boot != null && _known != null)
        {
            Know(_known, boot.Key, range);
        }
    }

    /// <summary>Writes what was added; how many older ones had to go.</summary>
    public int Write(NpgsqlConnection connection)
    {
        if (_added.Count == 0)
        {
            return 0;
        }

        CopyWriter.Write(
            connection,
            "rejected (received_at_ms, topic, payload, payload_bytes, reason, boot_key, first_sequence, sequence)",
            _added,
            (copy, row) => copy
                .Put(row.Intake.ReceivedAtMs).Put(RejectedPayload.Clip(row.Intake.Topic)).Put(RejectedPayload.Clip(row.Intake.Payload).ToArray())
                .Put((long)row.Intake.PayloadBytes).Put(RejectedPayload.Clip(row.Reason))
                .Put(row.Boot?.Key).Put(row.Boot == null ? null : row.Range.First).Put(row.Boot == null ? null : row.Range.Last));
        using var drop = new BatchCommand(
            connection, "DELETE FROM rejected WHERE rejected_key <= (SELECT rejected_key FROM rejected ORDER BY rejected_key DESC OFFSET $1 LIMIT 1)");
        return drop.With(capacity).Run();
    }

    private List<SequenceRange> Ranges(NpgsqlConnection connection, IReadOnlyCollection<Boot> boots, Boot boot)
    {
        _known ??= Load(connection, boots);
        return _known.TryGetValue(boot.Key, out List<SequenceRange>? ranges) ? ranges : [];
    }

    private Dictionary<long, List<SequenceRange>> Load(NpgsqlConnection connection, IReadOnlyCollection<Boot> boots)
    {
        using var find = new BatchCommand(connection, "SELECT boot_key, first_sequence, sequence FROM rejected WHERE boot_key = ANY ($1)");
        Dictionary<long, List<SequenceRange>> known = [];
        foreach ((long boot, SequenceRange range) in find
            .With([.. boots.Select(boot => boot.Key)])
            .Rows(row => (row.GetInt64(0), new SequenceRange((uint)row.GetInt64(1), (uint)row.GetInt64(2)))))
        {
            Know(known, boot, range);
        }

        foreach ((Intake _, string _, Boot? boot, SequenceRange range) in _added)
        {
            if (boot != null)
            {
                Know(known, boot.Key, range);
            }
        }

        return known;
    }

    private static void Know(Dictionary<long, List<SequenceRange>> known, long bootKey, SequenceRange range)
    {
        if (!known.TryGetValue(bootKey, out List<SequenceRange>? ranges))
        {
            known.Add(bootKey, ranges = []);
        }

        ranges.Add(range);
    }
}
