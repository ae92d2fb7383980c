using Microsoft.Data.Sqlite;

namespace GatewayAgent.Collector.Store.Sqlite;

/// <summary>Rows of <c>stale_hours</c>.</summary>
internal sealed class StaleHourTable(SqliteConnection connection) : IDisposable
{
    private readonly Statement _mark = new(
        connection,
        "INSERT INTO stale_hours VALUES (?1, ?2, 0) ON CONFLICT DO UPDATE SET taken = 0 WHERE taken <> 0");

    /// <summary>Marks an hour, also one that is being worked on.</summary>
    public void Mark(StaleHour hour) => _mark.Bind(1, hour.NodeKey).Bind(2, hour.Hour).Run();

    public void Dispose() => _mark.Dispose();
}
