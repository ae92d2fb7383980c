using Microsoft.Data.Sqlite;

namespace GatewayAgent.Collector.Store;

/// <summary>Rows of <c>counters</c>.</summary>
internal sealed class CounterTable(SqliteConnection connection) : IDisposable
{
    private readonly Statement _save = new(connection, "INSERT OR REPLACE INTO counters VALUES (?1, ?2)");

    public static CollectorCounters Load(SqliteConnection connection)
    {
        var values = new Dictionary<string, long>();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT name, value FROM counters";
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            values.Add(reader.GetString(0), reader.GetInt64(1));
        }

        long Value(string name) => values.GetValueOrDefault(name);
        return new CollectorCounters
        {
            Received = Value("received"),
            Stored = Value("stored"),
            Duplicates = Value("duplicates"),
            Superseded = Value("superseded"),
            Overlaps = Value("overlaps"),
            Rejected = Value("rejected"),
            RejectedDropped = Value("rejected_dropped"),
            Events = Value("events"),
            EventDuplicates = Value("event_duplicates"),
            States = Value("states"),
            Controls = Value("controls"),
        };
    }

    public void Save(CollectorCounters counters)
    {
        Save("received", counters.Received);
        Save("stored", counters.Stored);
        Save("duplicates", counters.Duplicates);
        Save("superseded", counters.Superseded);
        Save("overlaps", counters.Overlaps);
        Save("rejected", counters.Rejected);
        Save("rejected_dropped", counters.RejectedDropped);
        Save("events", counters.Events);
        Save("event_duplicates", counters.EventDuplicates);
        Save("states", counters.States);
        Save("controls", counters.Controls);
    }

    public void Dispose() => _save.Dispose();

    private void Save(string name, long value) => _save.Bind(1, name).Bind(2, value).Run();
}
