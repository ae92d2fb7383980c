using System.Diagnostics;
using GatewayAgent.Bench.Chaos;
using GatewayAgent.Collector.Store;
using GatewayAgent.Gw.Supervision;
using GatewayAgent.Mosquitto;
using GatewayAgent.VirtualDevice.Running;

// Kills (SIGKILL) collector and broker at random under load, and then counts: is every report that a node produced stored, and once?
//   dotnet run -c Release --project tools/bench/chaos -- [kills] [nodes] [seed]
int kills = Argument(0, 200), nodes = Argument(1, 200), seed = Argument(2, 1);
const double Speed = 60;
const int MostCalmMs = 2500, MostAwayMs = 1500;
var random = new Random(seed);
string folder = Directory.CreateTempSubdirectory("gw-chaos-").FullName;
string database = Path.Combine(folder, "chaos.db");
bool isRight = false;
try
{
    using var broker = new BrokerChild(new MosquittoBrokerOptions { Persistent = true });
    using var collector = new CollectorChild(["--broker", $"127.0.0.1:{broker.Port}", "--db", database, "--name", "chaos"]);
    using var fleet = new Fleet(nodes, broker.Port, Speed, seed);
    using var calm = new CancellationTokenSource();
    var life = Task.Factory.StartNew(() => fleet.Live(calm.Token), TaskCreationOptions.LongRunning);
    collector.Connected.WaitOne();
    var watch = Stopwatch.StartNew();
    int brokerKills = 0;
    for (int i = 0; i < kills; i++)
    {
        Thread.Sleep(random.Next(MostCalmMs));
        bool isBroker = random.Next(2) == 0;
        brokerKills += isBroker ? 1 : 0;
        Strike(isBroker ? broker : collector);
        if ((i + 1) % 20 == 0)
        {
            Console.Error.WriteLine($"{i + 1} kills, {fleet.Produced} reports, {fleet.Held} of them held by their nodes");
        }
    }

    calm.Cancel();
    life.GetAwaiter().GetResult();
    bool isEmpty = fleet.Finish();
    Console.WriteLine(
        $"{kills} kills ({brokerKills} of the broker, {kills - brokerKills} of the collector) in {watch.Elapsed.TotalSeconds:0} s, {nodes} nodes, {fleet.Produced} reports");
    isRight = Count(fleet) && isEmpty;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

return isRight ? 0 : 1;

void Strike(IChild child)
{
    if (child is BrokerChild broker)
    {
        broker.TakeAway();
        Thread.Sleep(random.Next(MostAwayMs));
        broker.BringBack();
        return;
    }

    using var process = Process.GetProcessById(child.ProcessId);
    process.Kill();
    process.WaitForExit();
    Thread.Sleep(random.Next(MostAwayMs));
    child.Restart();
}

bool Count(Fleet lived)
{
    using CollectorStore store = CollectorStore.Open(database);
    long stored = 0, short_ = 0;
    foreach (VirtualNode node in lived.Nodes)
    {
        foreach (VirtualBoot boot in node.Boots)
        {
            long sequences = store.Totals(Fleet.Home, node.Name, boot.BootId).Sequences;
            stored += sequences;
            short_ += boot.Reports - sequences;
        }
    }

    var counters = store.Counters();
    Console.WriteLine($"stored {stored} of {lived.Produced} sequences, in {store.ReportCount()} reports; not stored: {short_}; held by nodes: {lived.Held}");
    Console.WriteLine($"{counters.Duplicates} duplicates came and were not stored, {counters.Superseded} superseded, {counters.Overlaps} overlaps, {counters.Rejected} rejected");
    return stored == lived.Produced && short_ == 0 && counters is { Overlaps: 0, Rejected: 0 };
}

int Argument(int index, int usual) => args.Length > index ? int.Parse(args[index]) : usual;
