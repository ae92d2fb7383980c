using System.Diagnostics;
using GatewayAgent.Bench.Diagnosis;
using GatewayAgent.VirtualDevice.Fleet;

// How well the causes of simulated troubles are told: true cause × diagnosis, false alarms, time to tell.
//   dotnet run -c Release --project tools/bench/diagnosis -- [seeds] [first seed] [trouble]
int seeds = args.Length > 0 ? int.Parse(args[0]) : 50, first = args.Length > 1 ? int.Parse(args[1]) : 1;
TroubleKind[] kinds = args.Length > 2 ? [Enum.Parse<TroubleKind>(args[2], ignoreCase: true)] : Enum.GetValues<TroubleKind>();
var watch = Stopwatch.StartNew();
var lives = new Life[kinds.Length * seeds];
Parallel.For(
    0,
    lives.Length,
    new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
    () => new FleetBench(),
    (i, _, bench) =>
    {
        lives[i] = HomeTrial.Of(kinds[i / seeds], first + (i % seeds), bench);
        return bench;
    },
    _ => { });

Console.WriteLine($"seeds {first}–{first + seeds - 1}, {lives.Sum(life => life.Reports):N0} reports");
new Verdicts(lives).Print(Console.Out);
Console.WriteLine($"{watch.Elapsed.TotalSeconds:0} s");
