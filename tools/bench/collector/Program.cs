using System.Diagnostics;
using System.Globalization;
using GatewayAgent.Bench.Collector;
using GatewayAgent.Collector;
using GatewayAgent.Collector.Mqtt;
using GatewayAgent.Mosquitto;
using GatewayAgent.Tests.Collector.Stores;

// How many reports a second a collector reads, checks, stores and acknowledges:
//   dotnet run -c Release --project tools/bench/collector -- [reports] [nodes]            without a broker
//   dotnet run -c Release --project tools/bench/collector -- [reports] [nodes] --broker   publisher, broker and collector on this machine,
//                                                                                       beside a subscriber that only counts
//   … --postgres   stored in PostgreSQL, started for it; else in SQLite
//   … --store=A    stored there; an empty database, or a file that is not there yet
//   … --assess     homes are assessed meanwhile
//   … --history=N  after N reports of earlier boots were stored
//   … --looks=H    instead: H homes of 28 days are looked after for half a day
int[] numbers = [.. args.Where(arg => !arg.StartsWith('-')).Select(int.Parse)];
int reports = numbers.ElementAtOrDefault(0) is > 0 and int some ? some : 1_000_000;
int nodes = numbers.ElementAtOrDefault(1) is > 0 and int many ? many : 100_000;
string? history = args.FirstOrDefault(arg => arg.StartsWith("--history=", StringComparison.Ordinal))?["--history=".Length..];
int known = history == null ? 0 : int.Parse(history, CultureInfo.InvariantCulture);
var fleet = new Fleet(reports, nodes);
string folder = Directory.CreateTempSubdirectory("gw-bench-").FullName;
try
{
    using PostgresServer? postgres = args.Contains("--postgres") ? PostgresServer.Start(isDurable: true) : null;
    string file = Path.Combine(folder, "bench.db");
    string? given = args.FirstOrDefault(arg => arg.StartsWith("--store=", StringComparison.Ordinal))?["--store=".Length..];
    var options = new CollectorOptions { Database = given ?? postgres?.CreateDatabase() ?? file };
    if (args.FirstOrDefault(arg => arg.StartsWith("--looks=", StringComparison.Ordinal)) is { } looks)
    {
        new Looks(options, int.Parse(looks["--looks=".Length..], CultureInfo.InvariantCulture), 28).Run();
        return;
    }

    options = args.Contains("--assess") ? options : options with { AssessEvery = Timeout.InfiniteTimeSpan };
    if (known > 0)
    {
        new Fleet(known, nodes, firstBoot: 1_000_000_000).StoreIn(options);
    }

    bool throughBroker = args.Contains("--broker");
    TimeSpan? counting = throughBroker ? OnlyCounted() : null;
    TimeSpan processorBefore = Process.GetCurrentProcess().TotalProcessorTime;
    double seconds = (throughBroker ? ThroughBroker(options) : InProcess(options)).TotalSeconds;
    Process self = Process.GetCurrentProcess();
    Console.WriteLine($"{reports:N0} reports of {fleet.PayloadBytes} B from {nodes:N0} nodes in {seconds:0.0} s: {reports / seconds:N0} reports/s");
    Console.WriteLine(
        $"store {(postgres?.SizeOf(options.Database) ?? (File.Exists(file) ? new FileInfo(file).Length : 0)) / (double)(known + reports):0} B a report, "
        + $"processor {(self.TotalProcessorTime - processorBefore).TotalSeconds / seconds:0.00} cores, peak memory {self.PeakWorkingSet64 >> 20} MiB");
    if (counting is { } bare)
    {
        Console.WriteLine($"only counted: {reports / bare.TotalSeconds:N0} reports/s, of which the collector reaches {bare.TotalSeconds / seconds:P0}");
    }
}
finally
{
    Directory.Delete(folder, recursive: true);
}

TimeSpan InProcess(CollectorOptions options)
{
    var watch = Stopwatch.StartNew();
    using CollectorHost host = CollectorHost.Start(options, new FleetSource(fleet));
    WaitUntilStored(host);
    return watch.Elapsed;
}

TimeSpan OnlyCounted()
{
    using MosquittoBroker broker = MosquittoBroker.Start(new MosquittoBrokerOptions { MaximumQueued = reports });
    using var subscriber = new CountingSubscriber(broker, reports);
    using var publisher = new FleetPublisher(broker);
    using var progress = new Progress(() => publisher.Count, () => subscriber.Count);

    var watch = Stopwatch.StartNew();
    publisher.Publish(fleet);
    subscriber.WaitForAll();
    return watch.Elapsed;
}

TimeSpan ThroughBroker(CollectorOptions options)
{
    using MosquittoBroker broker = MosquittoBroker.Start(new MosquittoBrokerOptions { MaximumQueued = reports });
    using var connected = new ManualResetEventSlim();
    var source = new MqttReportSource(new MosquittoOptions { Host = broker.Host, Port = broker.Port }, "bench", log: _ => connected.Set());
    using CollectorHost host = CollectorHost.Start(options, source);
    using var publisher = new FleetPublisher(broker);
    connected.Wait();
    using var progress = new Progress(() => publisher.Count, () => host.Counters.Stored);

    var watch = Stopwatch.StartNew();
    publisher.Publish(fleet);
    WaitUntilStored(host);
    return watch.Elapsed;
}

void WaitUntilStored(CollectorHost host)
{
    while (host.Counters.Stored < known + reports)
    {
        if (host.Completion.IsCompleted)
        {
            throw new InvalidOperationException("the collector has stopped", host.Completion.Exception);
        }

        Thread.Sleep(5);
    }
}
