using Microsoft.Data.Sqlite;

namespace GatewayAgent.Collector.Store.Sqlite;

/// <summary>Rows of <c>counters</c>.</summary>
internal sealed class CounterTable(SqliteConnection connection) : IDisposable
{
    private readonly Statement _add = new(
        connection,
        "INSERT INTO counters VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = value + ?2");

    public void Add(CollectorCounters counted)
    {
        foreach ((string name, long value) in CounterNames.Rows(counted))
        {
            if (value != 0)
            {
                _add.Bind(1, name).Bind(2, value).Run();
            }
        }
    }

    public void Dispose() => _add.Dispose();
}
