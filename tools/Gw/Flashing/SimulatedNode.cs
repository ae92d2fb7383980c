using System.Text;
using GatewayAgent.App;
using GatewayAgent.Control;
using GatewayAgent.Device.Mqtt;
using GatewayAgent.Device.Platform;
using GatewayAgent.Hardware;
using GatewayAgent.NanoHost;
using GatewayAgent.VirtualDevice.Homes;
using GatewayAgent.VirtualDevice.Running;
using nanoFramework.Json;

namespace GatewayAgent.Gw.Flashing;

/// <summary>
/// The node of a simulated board: the agent as it is, with the settings, certificates and journal of the board's flash, by real time and at a real
/// broker. The home around it, and what its radio hears there, are made up, as a stock image tells it.
/// </summary>
internal sealed class SimulatedNode : IDisposable
{
    private const int Seed = 1;

    private static readonly TimeSpan _look = TimeSpan.FromSeconds(1);
    private static readonly Place _hall = new(6, 4);

    private readonly Action<string> _tell;
    private readonly AgentSettings _settings;
    private readonly CancellationTokenSource _plug = new();
    private readonly HomeRun _home;
    private readonly Task _life;
    private string _lastFault = "";

    /// <param name="flash">Folder of its flash.</param>
    /// <param name="tell">Told what becomes of its connection, in a line each.</param>
    /// <exception cref="HardwareException">Its settings cannot be used, in the agent's own words.</exception>
    public SimulatedNode(string flash, Action<string> tell)
    {
        _tell = tell;
        string root = flash + Path.DirectorySeparatorChar;
        _settings = Settings(root);
        _home = new HomeRun(Script(_settings), new HomeRunOptions
        {
            Settings = _ => _settings,
            Transport = Transport,
            BootId = _ => BootIds.Next(),
            Flash = _ => root,
            StartTime = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
            Pace = new Pace(1),
            IsStock = true,
            HasBoards = true,
        });
        tell($"the board runs {Name}, until Ctrl-C: the agent as it is, in a made-up home; its broker is {_settings.BrokerHost}:{_settings.BrokerPort}");
        _life = Task.Factory.StartNew(() => _home.Run(null, _plug.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private string Name => $"{_settings.Home}/{_settings.Node}";

    /// <summary>Whether there are settings on a flash.</summary>
    public static bool IsProvisioned(string flash) => File.Exists(Path.Combine(flash, ProvisionedSettings.FileName));

    /// <summary>Says when it comes to its broker and when it is gone from there.</summary>
    public void LiveUntil(CancellationToken stop)
    {
        try
        {
            for (bool wasOnline = false; !_life.Wait(_look, stop);)
            {
                if (_home.Nodes[0].IsOnline != wasOnline)
                {
                    wasOnline = !wasOnline;
                    _tell($"{Name} is {(wasOnline ? "online" : "offline")}");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // As asked.
        }
    }

    /// <summary>As a plug that is pulled: the broker tells the node's last will.</summary>
    public void Dispose()
    {
        _plug.Cancel();
        _life.Wait();
        _home.Dispose();
        _plug.Dispose();
    }

    private static AgentSettings Settings(string root)
    {
        using NanoContext.Scope device = new NanoContext("simulated").Enter();
        if (new DeviceApp(root, new DeviceClock(), null) is { IsProvisioned: false } app)
        {
            throw new HardwareException($"not provisioned: {app.Error}");
        }

        var flash = new FlashStore(root);
        AgentSettings settings = ((ProvisionedSettings)JsonConvert.DeserializeObject(flash.Read(ProvisionedSettings.FileName), typeof(ProvisionedSettings))).ToSettings();
        ProvisionedCertificates.Read(flash, settings);
        return settings;
    }

    private static HomeScript Script(AgentSettings settings) => HomeScripts.Demo(Seed) with
    {
        Ssid = Encoding.UTF8.GetString(settings.Ssid ?? []),
        Nodes = [new MeshNodeScript(settings.Node, _hall, HasAccessPoint: settings.Role == Role.MeshNode)],
        Disturbances = [],
    };

    private MqttTransport Transport(AgentSettings settings)
    {
        var transport = new MqttTransport(settings);
        transport.Failed += Tell;
        return transport;
    }

    private void Tell(string fault)
    {
        if (Interlocked.Exchange(ref _lastFault, fault) != fault)
        {
            _tell($"{Name}: {fault}");
        }
    }
}
