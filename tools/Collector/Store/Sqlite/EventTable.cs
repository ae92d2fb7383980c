using GatewayAgent.Collector.Ingest;
using GatewayAgent.Protocol;
using Microsoft.Data.Sqlite;

namespace GatewayAgent.Collector.Store.Sqlite;

/// <summary>Rows of <c>events</c>.</summary>
internal sealed class EventTable(SqliteConnection connection) : IDisposable
{
    private readonly Statement _insert = new(
        connection,
        """
        INSERT OR IGNORE INTO events
          (boot_key, sequence, metric, recovered, at_s, since_s, boot_time, baseline, now, magnitude, received_at_ms, payload)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
        """);

    /// <summary>Stores an event; false when it was there already.</summary>
    public bool Insert(Boot boot, EventIntake intake)
    {
        Event e = intake.Event;
        int rows = _insert
            .Bind(1, boot.Key).Bind(2, e.Sequence).Bind(3, (long)e.Metric).Bind(4, e.Recovered ? 1 : 0)
            .Bind(5, e.AtS).Bind(6, e.SinceS).Bind(7, e.HasBootTime ? e.BootTime : (long?)null)
            .Bind(8, e.Baseline).Bind(9, e.Now).Bind(10, e.Magnitude)
            .Bind(11, intake.ReceivedAtMs).Bind(12, intake.Payload.AsSpan())
            .Run();
        return rows == 1;
    }

    public void Dispose() => _insert.Dispose();
}
