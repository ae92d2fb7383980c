using GatewayAgent.Collector;
using GatewayAgent.Collector.Ingest;
using GatewayAgent.Collector.Store;
using GatewayAgent.Protocol;
using Google.Protobuf;
using Microsoft.Data.Sqlite;

namespace GatewayAgent.Tests.Collector;

/// <summary>A store in a folder of its own, written without threads.</summary>
internal sealed class TemporaryStore : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gw-store-").FullName;
    private readonly int _keptAside;
    private int _files;
    private BatchWriter? _writer;

    public TemporaryStore(int keptAside = 100)
    {
        _keptAside = keptAside;
        Path = NewPath();
    }

    public string Path { get; private set; }

    public CollectorOptions Options => new() { Database = Path, KeptAside = _keptAside, RememberedBoots = 2, Linger = TimeSpan.Zero, AssessEvery = Timeout.InfiniteTimeSpan };

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

    /// <summary>
    /// As if the process had been killed now: goes on with a copy of the files as they lie on disk, write-ahead log and all, while the
    /// writer still has them open.
    /// </summary>
    public void Kill()
    {
        _ = Writer;
        string copy = NewPath();
        File.Copy(Path, copy);
        File.Copy(Path + "-wal", copy + "-wal");
        Close();
        Path = copy;
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
    public long Scalar(string sql)
    {
        using SqliteConnection connection = OpenReader();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>First and last sequence of every stored report.</summary>
    public List<(uint First, uint Last)> Ranges()
    {
        using SqliteConnection connection = OpenReader();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT first_sequence, sequence FROM reports";
        using SqliteDataReader reader = command.ExecuteReader();
        var ranges = new List<(uint, uint)>();
        while (reader.Read())
        {
            ranges.Add(((uint)reader.GetInt64(0), (uint)reader.GetInt64(1)));
        }

        return ranges;
    }

    public void Dispose()
    {
        Close();
        Directory.Delete(_folder, recursive: true);
    }

    private SqliteConnection OpenReader()
    {
        var connection = new SqliteConnection($"Data Source={Path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        return connection;
    }

    private string NewPath() => System.IO.Path.Combine(_folder, $"{_files++}.db");
}
