using System.Diagnostics;
using GatewayAgent.Bench.Collector;
using GatewayAgent.Collector;
using GatewayAgent.Collector.Store;

// How many reports a second a collector reads, checks, stores and acknowledges in this process, without a broker:
//   dotnet run -c Release --project tools/bench/collector -- [reports] [nodes]
int reports = args.Length > 0 ? int.Parse(args[0]) : 1_000_000;
int nodes = args.Length > 1 ? int.Parse(args[1]) : 100_000;

string folder = Directory.CreateTempSubdirectory("gw-bench-").FullName;
try
{
    string database = Path.Combine(folder, "bench.db");
    using var source = new FleetSource(reports, nodes);
    var watch = Stopwatch.StartNew();
    using (CollectorHost host = CollectorHost.Start(new CollectorOptions { Database = database }, source))
    {
        source.Delivered.Wait();
    }

    watch.Stop();
    using CollectorStore store = CollectorStore.Open(database);
    CollectorCounters counters = store.Counters();
    Console.WriteLine($"{reports:N0} reports of {source.PayloadBytes} B from {nodes:N0} nodes in {watch.Elapsed.TotalSeconds:0.0} s: {reports / watch.Elapsed.TotalSeconds:N0} reports/s");
    Console.WriteLine($"stored {counters.Stored:N0}, duplicates {counters.Duplicates:N0}, rejected {counters.Rejected:N0}, acknowledgements {source.Acknowledgements:N0}");
    Console.WriteLine($"file {new FileInfo(database).Length / (double)reports:0} B a report, processor {Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds / watch.Elapsed.TotalSeconds:0.00} cores, peak memory {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB");
    return counters.Stored == reports ? 0 : 1;
}
finally
{
    Directory.Delete(folder, recursive: true);
}
