using GatewayAgent.Device.Radio;
using GatewayAgent.Ports;
using GatewayAgent.Reporting;
using GatewayAgent.VirtualDevice.Native;
using GatewayAgent.VirtualDevice.Running;

namespace GatewayAgent.VirtualDevice.Captures;

/// <summary>
/// One node hears a capture from its first to its last packet. A frame counts in the window its time falls into: frames before a tick are
/// offered before it, the others after. The last window ends at the whole second after the last packet.
/// </summary>
public sealed class CaptureRun : IDisposable
{
    // A node of its own has flash, for an outage; it goes with the run.
    private readonly DirectoryInfo _flash = Directory.CreateTempSubdirectory("gw-flash-");
    private readonly RadioCore _core = new();
    private readonly CaptureAir _air;
    private readonly VirtualNativeRadio _radio;
    private readonly VirtualNode _node;

    /// <param name="reader">Disposed with this.</param>
    /// <exception cref="CaptureException">See <see cref="CaptureReader.TryRead"/>.</exception>
    /// <exception cref="ArgumentException">The settings are not valid; the message names the field.</exception>
    public CaptureRun(CaptureReader reader, CaptureRunOptions options)
    {
        _air = new CaptureAir(reader, _core);
        var clock = new VirtualClock(_air.StartSeconds, options.Pace);
        _radio = new VirtualNativeRadio(_core, _air, clock, VirtualHealth.Unknown);
        options.Settings.FirstWindowSeconds = options.Settings.WindowSeconds;
        _node = new VirtualNode(new VirtualNodeParts
        {
            Settings = options.Settings,
            Clock = clock,
            Radio = () => InteropRadio.Probe(_radio),
            Probe = new NoProbe(),
            Transport = options.Transport,
            Air = _air,
            Flash = _flash.FullName + Path.DirectorySeparatorChar,
            BootId = options.BootId,
            Seed = options.Seed,
        });
        Simulation = new Simulation(clock, options.Simulation);
        Simulation.Add(_node);
    }

    /// <summary>For actions at virtual times, before <see cref="Run"/>.</summary>
    public Simulation Simulation { get; }

    /// <summary>Hears it all, and waits until the reports are acknowledged.</summary>
    /// <param name="cancel">Ends it early, without waiting.</param>
    public CaptureRunResult Run(CancellationToken cancel)
    {
        if (!_air.IsEmpty)
        {
            Simulation.Run(long.MaxValue, cancel);
            Simulation.Finish(cancel);
        }

        return Result();
    }

    public void Dispose()
    {
        _node.Dispose();
        Simulation.Dispose();
        _air.Dispose();
        _core.Dispose();
        _flash.Delete(recursive: true);
    }

    private CaptureRunResult Result()
    {
        var losses = new Losses();
        _node.Outbox.CopyLosses(losses);
        long seconds = _air.IsEmpty ? 0 : Math.Min(_air.EndMs, Simulation.Clock.UptimeMs) / 1000;
        return new CaptureRunResult(
            _air.Counts, _radio.Beacons, _node.Sequence, _node.Held, losses, seconds, _air.Warning, _node.LastError);
    }

    /// <summary>A capture has no gateway to ask.</summary>
    private sealed class NoProbe : ILatencyProbe
    {
        public bool IsAvailable => false;

        public int Measure() => -1;
    }
}
