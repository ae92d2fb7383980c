using GatewayAgent.Collector.Ingest;
using Microsoft.Data.Sqlite;

namespace GatewayAgent.Collector.Store.Sqlite;

/// <summary>
/// Payloads kept aside with the reason, at most <paramref name="capacity"/> of them: the oldest goes first. Long payloads and topics keep
/// their beginning only, so the table is bounded in bytes too.
/// </summary>
internal sealed class RejectedTable(SqliteConnection connection, int capacity) : IDisposable
{
    private readonly Statement _insert = new(
        connection,
        """
        INSERT INTO rejected (received_at_ms, topic, payload, payload_bytes, reason, boot_key, first_sequence, sequence)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """);

    private readonly Statement _dropOldest = new(connection, "DELETE FROM rejected WHERE rejected_key <= ?1");

    private readonly Statement _holding = new(
        connection,
        "SELECT max(sequence) FROM rejected WHERE boot_key = ?1 AND sequence >= ?2 AND first_sequence <= ?2");

    private readonly Statement _same = new(connection, "SELECT 1 FROM rejected WHERE boot_key = ?1 AND sequence = ?2 AND first_sequence = ?3 LIMIT 1");

    /// <summary>Keeps a payload aside; the number of older ones that had to go.</summary>
    /// <param name="boot">The boot the report is of, with its range, when both are known.</param>
    public int Add(Intake intake, string reason, Boot? boot, SequenceRange range)
    {
        long key = _insert
            .Bind(1, intake.ReceivedAtMs)
            .Bind(2, RejectedPayload.Clip(intake.Topic))
            .Bind(3, RejectedPayload.Clip(intake.Payload))
            .Bind(4, intake.PayloadBytes)
            .Bind(5, RejectedPayload.Clip(reason))
            .Bind(6, boot?.Key)
            .Bind(7, boot == null ? null : (long?)range.First)
            .Bind(8, boot == null ? null : (long?)range.Last)
            .Insert();
        return _dropOldest.Bind(1, key - capacity).Run();
    }

    /// <summary>Whether this very report was kept aside before.</summary>
    public bool Holds(Boot boot, SequenceRange range)
    {
        _same.Bind(1, boot.Key).Bind(2, range.Last).Bind(3, range.First);
        bool isHeld = _same.Read();
        _same.Reset();
        return isHeld;
    }

    /// <summary>The end of the longest range kept aside that holds <paramref name="sequence"/>, or null.</summary>
    public uint? EndOfRangeHolding(Boot boot, uint sequence)
    {
        _holding.Bind(1, boot.Key).Bind(2, sequence);
        _holding.Read();
        long end = _holding.Long(0);
        _holding.Reset();
        return end == 0 ? null : (uint)end;
    }

    public void Dispose()
    {
        _insert.Dispose();
        _dropOldest.Dispose();
        _holding.Dispose();
        _same.Dispose();
    }
}
