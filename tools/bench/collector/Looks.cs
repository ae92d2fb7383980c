using System.Diagnostics;
using GatewayAgent.Collector;
using GatewayAgent.Collector.Assessing;
using GatewayAgent.Collector.Ingest;
using GatewayAgent.Collector.Store;
using GatewayAgent.Insight;

namespace GatewayAgent.Bench.Collector;

/// <summary>What it costs to look after homes that report every five minutes and have been known for a while, 3 nodes each.</summary>
internal sealed class Looks(CollectorOptions options, int homes, int days)
{
    private const int WindowsADay = 288;
    private const int Nodes = 3;
    private const int Window = 300;

    private static readonly DateTimeOffset _start = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Fleet _fleet = new(0, homes * Nodes);
    private readonly SetClock _clock = new();

    /// <summary>Fills the store, then looks at all homes for half a day of theirs.</summary>
    public void Run()
    {
        using var writer = new BatchWriter(options);
        for (int window = 0; window < days * WindowsADay; window++)
        {
            Report(writer, window);
        }

        using StoreConnections store = StoreAddress.Parse(options.Database).OpenForUpkeep();
        var assessor = new HomeAssessor(
            store, options, (start, windows, birth) => HomeInsight.HourOf(start, windows, birth), facts => HomeInsight.Assess(facts), _clock, Console.Error.WriteLine);
        Console.WriteLine($"first look: {LookAtAll(assessor).TotalMilliseconds / homes:0.0} ms a home, {days} days of hours made");
        const int Turns = 144;
        double seconds = 0, longest = 0;
        TimeSpan processor = Process.GetCurrentProcess().TotalProcessorTime, writing = default;
        long before = assessor.Assessed;
        for (int turn = 0; turn < Turns; turn++)
        {
            TimeSpan idle = Process.GetCurrentProcess().TotalProcessorTime;
            Report(writer, (days * WindowsADay) + turn);
            writing += Process.GetCurrentProcess().TotalProcessorTime - idle;
            double took = LookAtAll(assessor).TotalSeconds;
            (seconds, longest) = (seconds + took, Math.Max(longest, took));
        }

        processor = Process.GetCurrentProcess().TotalProcessorTime - processor - writing;
        Console.WriteLine(
            $"{homes} homes of {Nodes} nodes and {days} days, {Turns} turns of 5 minutes: {1000 * seconds / homes / Turns:0.00} ms a home and turn, processor {processor.TotalMilliseconds / homes / Turns:0.00}, "
            + $"{1000 * longest / homes:0.00} in the longest turn, {(assessor.Assessed - before) / (double)homes / Turns:0.00} assessments a home and turn");
    }

    private TimeSpan LookAtAll(HomeAssessor assessor)
    {
        var watch = Stopwatch.StartNew();
        while (assessor.Step())
        {
        }

        return watch.Elapsed;
    }

    private void Report(BatchWriter writer, int window)
    {
        _clock.Now = _start.AddSeconds((window + 1) * Window);
        long nowMs = _clock.Now.ToUnixTimeMilliseconds();
        List<Intake> batch = [.. _fleet.Window((uint)window + 1, (uint)_start.ToUnixTimeSeconds()).Select(sent => MessageReader.Read(sent.Topic, sent.Payload, nowMs))];
        writer.Write(batch);
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
