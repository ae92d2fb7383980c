using System.Diagnostics;
using GatewayAgent.Bench.Chaos;
using GatewayAgent.Collector;
using GatewayAgent.Collector.Store;
using GatewayAgent.Gw.Supervision;
using GatewayAgent.Mosquitto;
using GatewayAgent.Reporting;
using GatewayAgent.Tests.Collector.Stores;
using GatewayAgent.VirtualDevice.Running;
using Npgsql;

// Kills (SIGKILL) collector, broker and database at random under load, and then counts: is every report that a node produced stored, and once?
//   dotnet run -c Release --project tools/bench/chaos -- [kills] [nodes] [seed]     one collector, SQLite
//   … --postgres                                                                 two collectors that share a subscription and a database
int[] numbers = [.. args.Where(arg => !arg.StartsWith('-')).Select(int.Parse)];
int kills = Argument(0, 200), nodes = Argument(1, 600), seed = Argument(2, 1);
const double Speed = 20;
const int MostCalmMs = 2500, MostAwayMs = 1500, TellEvery = 20;
var random = new Random(seed);
string folder = Directory.CreateTempSubdirectory("gw-chaos-").FullName;
var killed = new SortedDictionary<string, int>();
try
{
    using PostgresServer? postgres = args.Contains("--postgres") ? PostgresServer.Start(isDurable: true) : null;
    string store = postgres?.CreateDatabase() ?? Path.Combine(folder, "chaos.db");
    using var broker = new BrokerChild(new MosquittoBrokerOptions { Persistent = true });
    using var first = new CollectorChild(Collect(broker, store, "first"));
    using CollectorChild? second = postgres == null ? null : new CollectorChild(Collect(broker, store, "second"));
    using var fleet = new Fleet(nodes, broker.Port, Speed, seed, folder);
    using var calm = new CancellationTokenSource();
    first.Connected.WaitOne();
    var life = Task.Factory.StartNew(() => fleet.Live(calm.Token), TaskCreationOptions.LongRunning);
    var watch = Stopwatch.StartNew();
    Action[] targets = postgres == null
        ? [() => Strike(broker), () => Strike(first)]
        : [() => Strike(broker), () => Strike(first), () => Strike(second!), () => StrikeDatabase(postgres)];
    for (int i = 1; i <= kills; i++)
    {
        Thread.Sleep(random.Next(MostCalmMs));
        targets[random.Next(targets.Length)]();
        if (i % TellEvery == 0)
        {
            Console.Error.WriteLine($"{i} kills, {fleet.Produced} reports, {fleet.Held} of them held by their nodes");
        }
    }

    calm.Cancel();
    life.GetAwaiter().GetResult();
    bool isEmpty = fleet.Finish();
    Console.WriteLine(
        $"{kills} kills ({string.Join(", ", killed.Select(kind => $"{kind.Value} of a {kind.Key}"))}) in {watch.Elapsed.TotalSeconds:0} s, "
        + $"{nodes} nodes, {fleet.Produced} reports");
    return Count(fleet, store) & Doubled(postgres, store) == 0 & isEmpty ? 0 : 1;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

string[] Collect(BrokerChild broker, string store, string name) =>
    ["--broker", $"127.0.0.1:{broker.Port}", "--store", store, "--name", name, .. store.StartsWith("postgres:", StringComparison.Ordinal) ? (string[])["--share", "chaos"] : []];

void Strike(IChild child)
{
    killed[child.Name] = killed.GetValueOrDefault(child.Name) + 1;
    if (child is BrokerChild broker)
    {
        broker.TakeAway();
        Thread.Sleep(random.Next(MostAwayMs));
        broker.BringBack();
        return;
    }

    if (child.IsRunning)
    {
        using var process = Process.GetProcessById(child.ProcessId);
        process.Kill();
        process.WaitForExit();
    }

    Thread.Sleep(random.Next(MostAwayMs));
    child.Restart();
}

void StrikeDatabase(PostgresServer database)
{
    killed["database"] = killed.GetValueOrDefault("database") + 1;
    database.Kill();
    Thread.Sleep(random.Next(MostAwayMs));
    database.Run();
}

bool Count(Fleet lived, string address)
{
    using CollectorStore store = CollectorStore.Open(address);
    long stored = 0;
    bool isEachWhole = true;
    foreach (VirtualNode node in lived.Nodes)
    {
        foreach (VirtualBoot boot in node.Boots)
        {
            long sequences = store.Totals(Fleet.Home, node.Name, boot.BootId).Sequences;
            stored += sequences;
            isEachWhole &= sequences == boot.Reports;
        }
    }

    Losses losses = lived.Losses();
    Console.WriteLine($"nodes had to drop {losses.Reports} reports, and {losses.Unconfirmed} that the broker had taken and no collector had acknowledged");
    CollectorCounters counters = store.Counters();
    Console.WriteLine($"stored {stored} of {lived.Produced} sequences in {store.ReportCount()} reports, {(isEachWhole ? "each boot whole" : "NOT EACH BOOT WHOLE")}; held by nodes: {lived.Held}");
    Console.WriteLine(
        $"{counters.Duplicates} duplicates came and were not stored, {counters.Superseded} superseded, {counters.Overlaps} overlaps, {counters.Rejected} rejected");
    return isEachWhole && counters is { Overlaps: 0, Rejected: 0 };
}

// In SQLite two reports of a boot cannot end with the same sequence; partitions of PostgreSQL cannot be told so.
long Doubled(PostgresServer? database, string address)
{
    if (database == null)
    {
        return 0;
    }

    using NpgsqlConnection connection = database.Open(address[(address.LastIndexOf('/') + 1)..]);
    using var command = new NpgsqlCommand(
        """
        SELECT count(*) FROM reports a JOIN reports b
        ON a.boot_key = b.boot_key AND a.report_key < b.report_key AND a.first_sequence <= b.sequence AND b.first_sequence <= a.sequence
        """,
        connection);
    var doubled = (long)command.ExecuteScalar()!;
    Console.WriteLine($"{doubled} pairs of reports share a sequence");
    return doubled;
}

int Argument(int index, int usual) => numbers.Length > index ? numbers[index] : usual;
