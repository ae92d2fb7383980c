using System.Globalization;
using GatewayAgent.Collector;
using GatewayAgent.Collector.Store;
using GatewayAgent.Gw.Supervision;
using GatewayAgent.VirtualDevice.Homes;
using Spectre.Console;

namespace GatewayAgent.Gw.Demo;

/// <summary>Shows what the store says of the home: a live table in a terminal, a line every few seconds elsewhere.</summary>
internal sealed class DemoView(Backend backend, DemoEvents events, HomeRun home, double speed)
{
    private static readonly TimeSpan _tableInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _lineInterval = TimeSpan.FromSeconds(5);

    private readonly DemoNews _news = new(events, home);

    /// <summary>Shows until the home's life is over.</summary>
    public void ShowUntil(Task life)
    {
        if (!AnsiConsole.Profile.Out.IsTerminal)
        {
            Repeat(life, _lineInterval, lines => Console.Out.WriteLine($"{Totals()}: {string.Join("; ", lines.Select(LineTable.Plain))}"));
            return;
        }

        AnsiConsole.Live(new Text("")).Start(screen => Repeat(life, _tableInterval, lines =>
            screen.UpdateTarget(LineTable.Render(lines, "A home of four nodes, as the collector's store has it", Footer()))));
    }

    private void Repeat(Task life, TimeSpan interval, Action<IReadOnlyList<NodeLine>> show)
    {
        do
        {
            using CollectorStore store = CollectorStore.Open(backend.Database);
            _news.Look(store);
            show([.. NodeLine.Read(store, DateTimeOffset.UtcNow).Select(WithLight)]);
        }
        while (Task.WaitAny([life], interval) < 0);
    }

    private NodeLine WithLight(NodeLine line) => line with { Light = home.Nodes.First(node => node.Name == line.Node).Board!.Light };

    private string[] Footer()
    {
        IEnumerable<string> children = backend.Children.Select(child => $"kill -9 {child.ProcessId} (the {child.Name})");
        return
        [
            Totals(),
            "",
            $"Try in another terminal: ./gw export --csv --db {backend.Database}",
            $"or {string.Join(" or ", children)}: nothing is lost. Ctrl-C ends it all.",
            .. events.Lines(),
        ];
    }

    private string Totals()
    {
        using CollectorStore store = CollectorStore.Open(backend.Database);
        CollectorCounters counters = store.Counters();
        TimeSpan time = TimeSpan.FromMilliseconds(home.Simulation.Clock.UptimeMs);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{time:h':'mm':'ss} of the home's time ({speed:0.#} s a second), {counters.Stored} reports stored, {counters.Duplicates} came twice, {counters.Rejected + counters.Overlaps} kept aside");
    }
}
