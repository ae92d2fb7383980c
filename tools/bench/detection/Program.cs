using System.Diagnostics;
using GatewayAgent.Bench.Detection;
using GatewayAgent.Detection;
using Told = System.Collections.Generic.IReadOnlyList<GatewayAgent.Bench.Detection.Told>;

// How soon, and how wrongly, the firmware's detectors tell that a home gets worse: on homes of the simulator, lived at the pace of windows.
//   dotnet run -c Release --project tools/bench/detection -- [seeds] [first seed] [days of a healthy home]
int seeds = Argument(0, 100), first = Argument(1, 1001), days = Argument(2, 365);
var settings = new DetectionSettings();
var watch = Stopwatch.StartNew();

Console.WriteLine($"seeds {first}–{first + seeds - 1}, windows of {GatewayAgent.Limits.WindowDefaultSeconds} s, homes of 4 nodes");
Console.WriteLine($"{"scenario",-34} {"seeds",5} {"detected",9} {"median",8} {"p90",8} {"since ±",8} {"recovery told",14}");
foreach (Scenario scenario in Scenario.All)
{
    Outcome[] outcomes = OverSeeds(seed => HomeTrial.With(scenario, seed, settings));
    List<Outcome> detected = [.. outcomes.Where(outcome => outcome.DelayHours != null).OrderBy(outcome => outcome.DelayHours)];
    Console.WriteLine(
        $"{scenario.Name,-34} {seeds,5} {Share(detected.Count, seeds),9} {Hours(detected, 0.5),8} {Hours(detected, 0.9),8} "
        + $"{detected.Select(outcome => Math.Abs(outcome.SinceErrorHours)).Order().ElementAtOrDefault(detected.Count / 2),6:0} h "
        + $"{Share(detected.Count(outcome => outcome.IsRecoveryTold), Math.Max(1, detected.Count)),14}");
}

Told[][] healthy = OverSeeds(seed => HomeTrial.Healthy(seed, days, settings));
double years = seeds * days / 365.0;
var alarms = healthy.SelectMany(home => home).SelectMany(node => node).Where(told => !told.Event.Recovered).ToList();
Console.WriteLine();
Console.WriteLine($"healthy homes, {years:0.#} virtual years: {alarms.Count / years:0.00} false alarms a home and year");
foreach (var metric in alarms.GroupBy(told => told.Event.Metric).OrderBy(group => group.Key))
{
    Console.WriteLine($"  {metric.Key,-16} {metric.Count() / years:0.00}");
}

Console.WriteLine($"{watch.Elapsed.TotalSeconds:0} s");

int Argument(int index, int usual) => args.Length > index ? int.Parse(args[index]) : usual;

T[] OverSeeds<T>(Func<int, T> trial)
{
    var results = new T[seeds];
    Parallel.For(0, seeds, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i => results[i] = trial(first + i));
    return results;
}

static string Share(int part, int whole) => $"{100.0 * part / whole:0} %";

static string Hours(List<Outcome> sorted, double quantile) =>
    sorted.Count == 0 ? "–" : $"{sorted[(int)(quantile * (sorted.Count - 1))].DelayHours:0} h";
