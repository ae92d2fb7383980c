namespace GatewayAgent.Collector.Store;

/// <summary>Counters as rows of <c>counters</c>.</summary>
internal static class CounterNames
{
    /// <summary>The counters by name.</summary>
    public static IEnumerable<(string Name, long Value)> Rows(CollectorCounters counters) =>
    [
        ("received", counters.Received),
        ("stored", counters.Stored),
        ("duplicates", counters.Duplicates),
        ("superseded", counters.Superseded),
        ("overlaps", counters.Overlaps),
        ("rejected", counters.Rejected),
        ("rejected_dropped", counters.RejectedDropped),
        ("events", counters.Events),
        ("event_duplicates", counters.EventDuplicates),
        ("states", counters.States),
        ("controls", counters.Controls),
    ];

    /// <summary>Counters of rows; one without a row is 0.</summary>
    public static CollectorCounters Read(IEnumerable<(string Name, long Value)> rows)
    {
        Dictionary<string, long> values = rows.ToDictionary(row => row.Name, row => row.Value);
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
}
