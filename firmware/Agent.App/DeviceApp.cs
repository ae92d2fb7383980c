using System;
using System.Device.Wifi;
using System.Threading;
using GatewayAgent.Control;
using GatewayAgent.Device.Control;
using GatewayAgent.Device.Mqtt;
using GatewayAgent.Device.Platform;
using GatewayAgent.Device.Radio;
using GatewayAgent.Indication;
using GatewayAgent.Ports;
using GatewayAgent.Survival;
using nanoFramework.Json;

namespace GatewayAgent.App;

/// <summary>The composition root of the device: reads the provisioned settings, puts the node together and watches over it.</summary>
public sealed class DeviceApp
{
    // Steps may take this long. The uplink's includes a TLS handshake with a slow broker, the probe's a question
    // without an answer and, on stock images, reading lists of stations and networks.
    private const int SampleStallMs = 15000, UplinkStallMs = 150000, ProbeStallMs = 120000, FaceStallMs = 60000;

    // After a start that failed. In safe mode it hardly gets better by itself, and each try costs two writes of flash.
    private const int RetryMs = 60000, RetryInSafeModeMs = 600000;

    private readonly IClock _clock;
    private readonly INativeRadio _nativeCalls;
    private readonly IFlash _flash;
    private readonly BootRecord _record;
    private readonly ProvisionedSettings _provisioned;
    private readonly AgentSettings _settings;

    /// <param name="flashRoot">Folder of the settings and of all that outlives a boot, with a closing separator.</param>
    /// <param name="clock">Uptime and wall-clock time.</param>
    /// <param name="nativeCalls">The native assembly, if the image has it.</param>
    public DeviceApp(string flashRoot, IClock clock, INativeRadio nativeCalls)
    {
        _clock = clock;
        _nativeCalls = nativeCalls;
        _flash = new FlashFiles(flashRoot);
        _record = new BootRecord(_flash);
        FlashStore store = new FlashStore(flashRoot);
        _provisioned = ReadSettings(store);
        _settings = _provisioned == null ? null : _provisioned.ToSettings();
        if (_settings != null)
        {
            ProvisionedCertificates.Read(store, _settings);
        }

        Error = _settings == null ? ProvisionedSettings.FileName + ": missing or not JSON" : _settings.Validate();
    }

    /// <summary>Why it is not provisioned; null when it is.</summary>
    public string Error { get; }

    public bool IsProvisioned => Error == null;

    /// <summary>What the node and its supervisor tell each other.</summary>
    public Supervision Supervision { get; } = new Supervision();

    /// <summary>Which radio serves, and why; null before <see cref="Run"/>.</summary>
    public string RadioWords { get; private set; }

    /// <summary>Counts the boot, puts the node together and runs it, until the device is to be restarted.</summary>
    public void Run()
    {
        // Nothing before the boot is counted does more than ask the native assembly what it is: what crashes after it is counted.
        Random random = new Random();
        InteropRadio native = InteropRadio.Probe(_nativeCalls, out string radioWords);
        RadioWords = radioWords;
        DeviceHealth health = new DeviceHealth(native);
        _record.Begin(health.ResetCause, _settings.WindowSeconds, random);

        NetworkTime.Start(_provisioned.ntpServer);
        Console.WriteLine("radio: " + RadioWords);
        IRadio radio = native == null ? NewStockRadio() : native;

        MqttTransport transport = new MqttTransport(_settings);
        transport.Failed += LogFailure;
        NodeParts parts = new NodeParts
        {
            Clock = _clock,
            Radio = radio,
            Health = health,
            Transport = transport,
            Probe = new GatewayProbe(_clock),
            Flash = _flash,
            Configs = new JsonConfig(),
            Commands = new JsonCommand(),
            OwnBssid = OwnAddress.OfAccessPoint(),
            BootId = _record.BootId,
            Seed = random.Next(),
            Boot = _record,
            Supervision = Supervision,
            SafeMode = _record.IsSafeMode,
        };
        bool hasWatchdog = native != null && (native.Capabilities & RadioCapabilities.Watchdog) != 0;
        Supervise(new Node(parts, _settings), new NativeWatchdog(hasWatchdog));

        // Without a farewell: the broker tells at once that the node is gone.
        transport.Disconnect();
    }

    /// <summary>Notes why <see cref="Run"/> failed.</summary>
    /// <returns>Milliseconds to wait before the next try.</returns>
    public int NoteFailure(Exception e)
    {
        _record.Fail("cannot start: " + e.GetType().Name + ": " + e.Message);
        return _record.IsSafeMode ? RetryInSafeModeMs : RetryMs;
    }

    // A device without an adapter still counts its stations, and can be talked to.
    private IRadio NewStockRadio()
    {
        WifiAdapter[] adapters = WifiAdapter.FindAllAdapters();
        return new StockRadio(_clock, adapters.Length == 0 ? null : adapters[0], _provisioned.ssid);
    }

    private void Supervise(Node node, IWatchdog watchdog)
    {
        // Its own health: the node's belongs to the sampling thread. The native heap can be asked of every image.
        HeapWatch heap = new HeapWatch(new DeviceHealth(null));
        Supervisor supervisor = new Supervisor(Workers(node), new DeviceThreads(), watchdog, _clock, _record, heap, Supervision, node);
        for (int pause = supervisor.Look(); pause != Supervisor.RebootNow; pause = supervisor.Look())
        {
            Thread.Sleep(pause);
        }
    }

    private Worker[] Workers(Node node)
    {
        Worker uplink = new Worker("uplink", node.UplinkStep, _clock, UplinkStallMs, true);
        Worker face = Face(node.Status);
        if (_record.IsSafeMode)
        {
            Console.WriteLine("gateway-agent: safe mode after " + _record.LastWords);
            node.Status.IsSafeMode = true;
            return face == null ? new Worker[] { uplink } : new Worker[] { uplink, face };
        }

        Worker sampler = new Worker("sampler", node.SampleStep, _clock, SampleStallMs, true);
        Worker probe = new Worker("probe", node.ProbeStep, _clock, ProbeStallMs, false);
        return face == null ? new Worker[] { sampler, uplink, probe } : new Worker[] { sampler, uplink, probe, face };
    }

    // A thread of its own: the probe waits for answers, and the light must not.
    private Worker Face(NodeStatus status)
    {
        Indicator face = NodeFace.Open(_provisioned, status, _settings, _clock);
        return face == null ? null : new Worker("face", face.Step, _clock, FaceStallMs, false);
    }

    private static void LogFailure(string error)
    {
        Console.WriteLine("mqtt: " + error);
    }

    private static ProvisionedSettings ReadSettings(FlashStore store)
    {
        try
        {
            string text = store.Read(ProvisionedSettings.FileName);
            return text == null ? null : (ProvisionedSettings)JsonConvert.DeserializeObject(text, typeof(ProvisionedSettings));
        }
        catch (Exception e)
        {
            // Not its words: they could quote a password.
            Console.WriteLine(ProvisionedSettings.FileName + ": " + e.GetType().Name);
            return null;
        }
    }
}
