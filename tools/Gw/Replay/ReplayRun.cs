using GatewayAgent.Collector;
using GatewayAgent.Collector.Store;
using GatewayAgent.Control;
using GatewayAgent.Device.Mqtt;
using GatewayAgent.Gw.Commands;
using GatewayAgent.Gw.Supervision;
using GatewayAgent.VirtualDevice.Captures;
using GatewayAgent.VirtualDevice.Running;

namespace GatewayAgent.Gw.Replay;

/// <summary>One node hears a capture and reports through a real broker to a collector, both of which may be killed meanwhile.</summary>
internal sealed class ReplayRun(ReplayRequest request, Action<string> tell)
{
    private readonly uint _bootId = BootIds.Next();

    /// <exception cref="GwException">The request or the capture cannot be used, or a child does not stay up.</exception>
    public ReplayResult Run(CancellationToken stop)
    {
        try
        {
            return Replay(stop);
        }
        catch (CaptureException e)
        {
            throw GwException.Usage($"{request.Capture}: {e.Message}");
        }
    }

    private ReplayResult Replay(CancellationToken stop)
    {
        request.Check();
        CollectorCounters before = CountersBefore();
        using FileStream file = InputFile.Open(request.Capture);
        using CaptureReader reader = CaptureReader.Open(file);

        using Backend backend = Backend.Start(request.Home, [request.Node], request.Database, request.Broker, tls: false, servesPage: false, tell, stop);
        foreach (IChild child in backend.Children)
        {
            tell($"the {child.Name} is process {child.ProcessId}");
        }

        CaptureRunResult heard = Hear(reader, file, backend, stop);
        backend.StopCollector();
        return Count(heard, backend.Database, before);
    }

    private CollectorCounters CountersBefore()
    {
        if (!File.Exists(request.Database))
        {
            return default;
        }

        if (!request.Append)
        {
            throw GwException.Usage($"{request.Database} exists. Name another file, remove it, or add to it with --append");
        }

        using CollectorStore store = CollectorStore.Open(request.Database);
        return store.Counters();
    }

    private CaptureRunResult Hear(CaptureReader reader, FileStream file, Backend backend, CancellationToken stop)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop, backend.GaveUp);
        using var run = new CaptureRun(reader, Options(backend));
        if (request.Outage is { } outage)
        {
            BrokerChild broker = backend.OwnBroker!;
            run.Simulation.Outage(outage.From, outage.From + outage.Seconds, broker.TakeAway, broker.BringBack);
        }

        CaptureRunResult heard;
        using (new ReplayProgress(file, run.Simulation.Clock))
        {
            heard = run.Run(ended.Token);
        }

        stop.ThrowIfCancellationRequested();
        backend.ThrowIfBroken();
        return Checked(heard);
    }

    private CaptureRunOptions Options(Backend backend)
    {
        BrokerAddress broker = backend.Broker;
        AgentSettings settings = request.Settings();
        backend.Provision(settings);
        return new CaptureRunOptions
        {
            Settings = settings,
            Transport = settings => new MqttTransport(settings),
            BootId = _bootId,
            Pace = request.Speed is { } speed ? new Pace(speed) : null,
            Simulation = new SimulationOptions { IsBrokerReachable = () => TcpReachability.IsOpen(broker.Host, broker.Port) },
        };
    }

    private CaptureRunResult Checked(CaptureRunResult heard)
    {
        if (heard.Counts.Packets == 0)
        {
            tell($"{request.Capture}: holds no packets");
        }

        if (heard.Warning != null)
        {
            tell($"{request.Capture}: {heard.Warning}");
        }

        if (heard.Counts.Undecodable > 0)
        {
            tell($"{request.Capture}: no 802.11 frame in {heard.Counts.Undecodable} of {heard.Counts.Packets} packets");
        }

        if (heard.Unacknowledged > 0)
        {
            tell($"{heard.Unacknowledged} reports are not acknowledged{(heard.LastError.Length == 0 ? "" : $" ({heard.LastError})")}");
        }

        return heard;
    }

    private ReplayResult Count(CaptureRunResult heard, string database, CollectorCounters before)
    {
        using CollectorStore store = CollectorStore.Open(database);
        CollectorCounters now = store.Counters();
        BootTotals stored = store.Totals(request.Home, request.Node, _bootId);
        return new ReplayResult(
            heard.Counts.Frames,
            stored.Beacons,
            heard.Reports,
            stored.Sequences,
            now.Duplicates - before.Duplicates,
            now.Rejected + now.Overlaps - before.Rejected - before.Overlaps);
    }
}
