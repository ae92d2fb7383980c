using System.Security.Cryptography;
using System.Text;
using GatewayAgent.Control;
using GatewayAgent.Device.Mqtt;
using GatewayAgent.Gw.Supervision;
using GatewayAgent.VirtualDevice.Homes;
using GatewayAgent.VirtualDevice.Running;

namespace GatewayAgent.Gw.Demo;

/// <summary>A home of four nodes that lives in this process and reports to children of ours, until it is stopped.</summary>
internal sealed class DemoRun(DemoRequest request)
{
    private const string HomeName = "demo";

    // Short, so that there is something to see at once, and different, so that the nodes do not report in step.
    private const int FirstWindowSeconds = 5;

    private static readonly TimeSpan _closingTime = TimeSpan.FromSeconds(10);

    // Hashes of one demo mean nothing in another.
    private readonly byte[] _homeKey = RandomNumberGenerator.GetBytes(Limits.HomeKeyBytes);

    /// <param name="stop">Asked to end; everything ends in order then.</param>
    /// <returns>The summary to close with.</returns>
    /// <exception cref="GwException">The request cannot be used, or a child does not stay up.</exception>
    public string Run(CancellationToken stop)
    {
        if (File.Exists(request.Database))
        {
            throw GwException.Usage($"{request.Database} exists. Name another file for the demo's reports, or remove it");
        }

        HomeScript script = HomeScripts.Demo(request.Seed);
        CheckBoard(script);
        var events = new DemoEvents();
        using Backend backend = Backend.Start(HomeName, [.. script.Nodes.Select(node => node.Name)], request.Database, null, request.IsTls, servesPage: true, events.Add, stop);
        using var home = new HomeRun(script, Options(script, backend, events));
        Console.Out.Write($"To see the home as a care agent does: {backend.Page}\n");
        Console.Out.Write(DemoHints.Of(HomeName, request.Board ?? script.Nodes[^1].Name, backend.OperatorOptions(), backend.EngineerOptions(), request.Speed));
        Live(home, View(home, backend, events), stop, backend.GaveUp);
        backend.ThrowIfBroken();
        backend.StopCollector();
        return DemoSummary.Of(backend.Database, isKept: request.Database != null, request.IsStock, home);
    }

    private void CheckBoard(HomeScript script)
    {
        if (request.Board != null && !script.Nodes.Any(node => node.Name == request.Board))
        {
            throw GwException.Usage($"the home has no node {request.Board}, but {string.Join(", ", script.Nodes.Select(node => node.Name))}");
        }
    }

    private Action<Task> View(HomeRun home, Backend backend, DemoEvents events) => request.Board == null
        ? new DemoView(backend, events, home, request.Speed).ShowUntil
        : new BoardView(home, request.Board, request.IsWalked).ShowUntil;

    private HomeRunOptions Options(HomeScript script, Backend backend, DemoEvents events) => new()
    {
        Settings = node => Settings(script, node, backend),
        Transport = settings => Transport(settings, events),
        BootId = _ => BootIds.Next(),
        Flash = backend.FolderOf,
        StartTime = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
        Pace = new Pace(request.Speed),
        IsStock = request.IsStock,
        HasBoards = true,
        Simulation = new SimulationOptions { DrainPatience = _closingTime },
    };

    private AgentSettings Settings(HomeScript script, string node, Backend backend)
    {
        var settings = new AgentSettings
        {
            Home = HomeName,
            Node = node,
            HomeKey = _homeKey,
            Ssid = Encoding.UTF8.GetBytes(script.Ssid),
            Role = script.Nodes.First(other => other.Name == node).Role,
            WindowSeconds = Limits.WindowMinSeconds,
            FirstWindowSeconds = FirstWindowSeconds * (1 + script.Nodes.TakeWhile(other => other.Name != node).Count()),
        };
        backend.Provision(settings);
        return settings;
    }

    private static MqttTransport Transport(AgentSettings settings, DemoEvents events)
    {
        var transport = new MqttTransport(settings);
        transport.Failed += reason => events.Add($"{settings.Node}: {reason}");
        return transport;
    }

    /// <summary>The home lives on a thread of its own, so that the view never holds it up.</summary>
    private void Live(HomeRun home, Action<Task> showUntil, CancellationToken stop, CancellationToken gaveUp)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop, gaveUp);
        Task life = Task.Factory.StartNew(
            () =>
            {
                home.Run(request.Seconds is { } seconds ? (long)(seconds * request.Speed) : null, ended.Token);
                home.Finish(gaveUp);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        showUntil(life);
        life.GetAwaiter().GetResult();
    }
}
