using GatewayAgent.Collector;
using GatewayAgent.Collector.Ingest;
using GatewayAgent.Collector.Store;
using GatewayAgent.Protocol;
using GatewayAgent.Tests.Collector.Stores;
using Google.Protobuf;

namespace GatewayAgent.Tests.Collector;

/// <summary>A store of its own, written without threads.</summary>
internal sealed class TemporaryStore : IDisposable
{
    private readonly IStorePlace _place;
    private readonly int _keptAside;
    private BatchWriter? _writer;

    public TemporaryStore(StoreKind kind = StoreKind.Sqlite, int keptAside = 100)
    {
        _place = kind == StoreKind.Sqlite ? new SqlitePlace() : new PostgresPlace();
        _keptAside = keptAside;
    }

    /// <summary>Address of the store; of SQLite the path of its file.</summary>
    public string Path => _place.Address;

    public CollectorOptions Options => new()
    {
        Database = Path,
        KeptAside = _keptAside,
        RememberedBoots = 2,
        Linger = TimeSpan.Zero,
        AssessEvery = AssessEvery,
    };

    /// <summary>By default nothing is assessed beside the writer.</summary>
    public TimeSpan AssessEvery { get; init; } = Timeout.InfiniteTimeSpan;

    public CollectorCounters Counters => Writer.Counters;

    /// <summary>When the next messages are received, Unix milliseconds.</summary>
    public long NowMs { get; set; } = 1_790_000_000_000;

    private BatchWriter Writer => _writer ??= new BatchWriter(Options);

    /// <summary>Writes a batch of messages; the acknowledgements by <c>home/node/boot</c>.</summary>
    public Dictionary<string, uint> Write(params ReadOnlySpan<(string Topic, byte[] Payload)> messages)
    {
        var batch = new List<Intake>();
        foreach ((string topic, byte[] payload) in messages)
        {
            batch.Add(MessageReader.Read(topic, payload, NowMs));
        }

        return Writer.Write(batch).ToDictionary(boot => $"{boot.Home}/{boot.Node}/{boot.BootId}", boot => boot.Acknowledgement().Sequence);
    }

    /// <summary>Writes reports of one node in one batch; how far the first boot of the batch is acknowledged, 0 = not at all.</summary>
    public uint WriteReports(params ReadOnlySpan<Report> reports)
    {
        var messages = new (string, byte[])[reports.Length];
        for (int i = 0; i < reports.Length; i++)
        {
            messages[i] = ("gw/v1/home/node/report", reports[i].ToByteArray());
        }

        return Write(messages).Values.FirstOrDefault();
    }

    /// <summary>Closes the writer in order; it opens again when it is next used.</summary>
    public void Close()
    {
        _writer?.Dispose();
        _writer = null;
    }

    /// <summary>As if the process had been killed now.</summary>
    public void Kill()
    {
        _ = Writer;
        _place.Kill(Close);
    }

    /// <summary>Connections for what is written beside the batches.</summary>
    public StoreConnections Upkeep()
    {
        _ = Writer;
        return StoreAddress.Parse(Path).OpenForUpkeep();
    }

    public CollectorStore Read() => CollectorStore.Open(Path);

    public string Csv(string? home = null, string? node = null)
    {
        using CollectorStore store = Read();
        using var text = new StringWriter();
        store.ExportCsv(text, home, node);
        return text.ToString();
    }

    public string ReportsCsv()
    {
        using CollectorStore store = Read();
        using var text = new StringWriter();
        store.ExportReportsCsv(text);
        return text.ToString();
    }

    /// <summary>One number out of the store.</summary>
    public long Scalar(string sql) => _place.Rows(sql, row => Convert.ToInt64(row.GetValue(0), System.Globalization.CultureInfo.InvariantCulture))[0];

    /// <summary>Beacons that all stored reports counted.</summary>
    public long Beacons() => _place
        .Rows("SELECT payload FROM reports", row => Report.Parser.ParseFrom((byte[])row.GetValue(0)))
        .Sum(report => HeardRows.Read(report.Survey.Heard).Sum(row => (long)row.Beacons));

    /// <summary>First and last sequence of every stored report.</summary>
    public List<(uint First, uint Last)> Ranges() =>
        _place.Rows("SELECT first_sequence, sequence FROM reports", row => ((uint)row.GetInt64(0), (uint)row.GetInt64(1)));

    /// <summary>Changes the store behind the collector's back.</summary>
    public void Change(string sql) => _place.Change(sql);

    public void Dispose()
    {
        Close();
        _place.Dispose();
    }
}
