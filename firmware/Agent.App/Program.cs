using System;
using System.Device.Wifi;
using System.Threading;
using GatewayAgent.Control;
using GatewayAgent.Device.Mqtt;
using GatewayAgent.Device.Platform;
using GatewayAgent.Device.Radio;
using GatewayAgent.Ports;
using nanoFramework.Json;
using nanoFramework.Runtime.Native;

namespace GatewayAgent.App;

/// <summary>The composition root of the device: reads the provisioned settings, puts the node together and watches over it.</summary>
public static class Program
{
    private const string FlashRoot = "I:\\";
    private const int RestartAfterMs = 60000;

    // Steps may take this long. The uplink's includes a TLS handshake with a slow broker, the probe's a question
    // without an answer and, on stock images, reading lists of stations and networks.
    private const int SampleStallMs = 15000, UplinkStallMs = 150000, ProbeStallMs = 120000;

    public static void Main()
    {
        FlashStore store = new FlashStore(FlashRoot);
        try
        {
            Start(store);
        }
        catch (Exception e)
        {
            // Something the node is made of is not there (yet): a later start may find it.
            Console.WriteLine("gateway-agent: cannot start: " + e.Message);
        }

        Thread.Sleep(RestartAfterMs);
        Power.RebootDevice();
    }

    private static void Start(FlashStore store)
    {
        ProvisionedSettings provisioned = ReadSettings(store);
        AgentSettings settings = provisioned == null ? null : provisioned.ToSettings();
        string error = settings == null ? ProvisionedSettings.FileName + ": missing or not JSON" : settings.Validate();
        if (error == null)
        {
            Run(store, provisioned, settings);
        }

        Console.WriteLine("gateway-agent " + AgentVersion.Text + ": not provisioned: " + error);
    }

    private static void Run(FlashStore store, ProvisionedSettings provisioned, AgentSettings settings)
    {
        DeviceClock clock = new DeviceClock();
        Random random = new Random();
        InteropRadio native = InteropRadio.Probe(new NativeRadioV1());
        IRadio radio = native;
        if (native == null)
        {
            radio = new StockRadio(clock, WifiAdapter.FindAllAdapters()[0], provisioned.ssid);
        }

        MqttTransport transport = new MqttTransport(settings);
        transport.Failed += LogFailure;
        NodeParts parts = new NodeParts
        {
            Clock = clock,
            Radio = radio,
            Health = new DeviceHealth(native),
            Transport = transport,
            Probe = new GatewayProbe(clock),
            BootId = BootIdentity.Next(store, random),
            Seed = random.Next(),
        };
        Node node = new Node(parts, settings);
        Worker[] workers = new Worker[]
        {
            new Worker("sampler", node.SampleStep, clock, SampleStallMs),
            new Worker("uplink", node.UplinkStep, clock, UplinkStallMs),
            new Worker("probe", node.ProbeStep, clock, ProbeStallMs),
        };
        bool hasWatchdog = native != null && (native.Capabilities & RadioCapabilities.Watchdog) != 0;
        new Supervisor(workers, new NativeWatchdog(hasWatchdog), clock).Run();
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
            Console.WriteLine(ProvisionedSettings.FileName + ": " + e.Message);
            return null;
        }
    }
}
