using System.Device.Wifi;
using GatewayAgent.Device.Platform;
using GatewayAgent.Device.Radio;
using GatewayAgent.NanoHost;
using GatewayAgent.Ports;
using GatewayAgent.VirtualDevice.Native;
using GatewayAgent.VirtualDevice.Running;

namespace GatewayAgent.VirtualDevice.Homes;

/// <summary>All nodes of a simulated home on one clock.</summary>
public sealed class HomeRun : IDisposable
{
    private readonly Home _home;
    private readonly HomeRunOptions _options;
    private readonly VirtualClock _clock;
    private readonly List<VirtualNode> _nodes = [];
    private readonly List<RadioCore> _cores = [];

    /// <exception cref="ArgumentException">The settings are not valid; the message names the field.</exception>
    public HomeRun(HomeScript script, HomeRunOptions options)
    {
        _home = new Home(script);
        _options = options;
        _clock = new VirtualClock(options.StartTime, options.Pace);
        Simulation = new Simulation(_clock, options.Simulation);
        foreach (MeshNode node in _home.Nodes)
        {
            VirtualNode added = new(options.IsStock ? StockParts(node) : NativeParts(node));
            _nodes.Add(added);
            Simulation.Add(added);
        }
    }

    public Simulation Simulation { get; }

    public IReadOnlyList<VirtualNode> Nodes => _nodes;

    /// <summary>Lives on until a second of the script, or until it is cancelled.</summary>
    /// <param name="untilSecond">Exclusive; null = without end.</param>
    public void Run(long? untilSecond, CancellationToken cancel) =>
        Simulation.Run(untilSecond is { } end ? end * 1000 : long.MaxValue, cancel);

    /// <summary>Closes all windows and waits until the reports are acknowledged. See <see cref="Simulation.Finish"/>.</summary>
    public bool Finish(CancellationToken cancel) => Simulation.Finish(cancel);

    /// <summary>Carries a node somewhere else, against its script, from any thread.</summary>
    /// <exception cref="InvalidOperationException">There is no node of this name.</exception>
    public void Carry(string node, Place to) => _home.Nodes.First(other => other.Script.Name == node).CarriedTo = to;

    /// <summary>Where a node was put, by hand or by the script at first.</summary>
    /// <exception cref="InvalidOperationException">There is no node of this name.</exception>
    public Place PlaceOf(string node)
    {
        MeshNode found = _home.Nodes.First(other => other.Script.Name == node);
        return found.CarriedTo ?? found.Script.Place;
    }

    public void Dispose()
    {
        foreach (VirtualNode node in _nodes)
        {
            node.Dispose();
        }

        Simulation.Dispose();
        foreach (RadioCore core in _cores)
        {
            core.Dispose();
        }
    }

    private VirtualNodeParts NativeParts(MeshNode node)
    {
        var core = new RadioCore();
        _cores.Add(core);
        var air = new HomeAir(_home, node, core);
        var native = new VirtualNativeRadio(core, air, _clock, VirtualHealth.Simulated(_clock));
        return Parts(node, air, () => InteropRadio.Probe(native), radio => new DeviceHealth((InteropRadio)radio));
    }

    private VirtualNodeParts StockParts(MeshNode node)
    {
        var wifi = new HomeWifi(_home, node);
        return Parts(
            node, wifi, () => new StockRadio(_clock, WifiAdapter.FindAllAdapters()[0], _home.Script.Ssid), _ => new DeviceHealth(null), wifi);
    }

    private VirtualNodeParts Parts(
        MeshNode node, IAir air, Func<IRadio> radio, Func<IRadio, IHealth> health, IVirtualWifi? wifi = null)
    {
        string name = node.Script.Name;
        return new VirtualNodeParts
        {
            Settings = _options.Settings(name),
            Clock = _clock,
            Radio = radio,
            Health = health,
            Probe = new HomeProbe(_home, node),
            Transport = _options.Transport,
            Air = air,
            BootId = _options.BootId(name),
            LaterBootId = () => _options.BootId(name),
            Seed = _home.Script.Seed + node.Index,
            Wifi = wifi,
            Flash = _options.Flash(name),
            OwnBssid = node.AccessPoint?.Mac,
            HasBoard = _options.HasBoards,
            IsUplinkUp = () => node.ReachesGateway,
        };
    }
}
