using GatewayAgent.App;
using GatewayAgent.Device.Platform;
using GatewayAgent.Mosquitto;
using GatewayAgent.NanoHost;
using GatewayAgent.Protocol;
using GatewayAgent.Survival;
using GatewayAgent.Tests.Mosquitto;
using GatewayAgent.Tests.NanoHost;
using GatewayAgent.Tests.Support;

namespace GatewayAgent.Tests.Firmware;

/// <summary>What the device's <c>Main</c> runs, with its own threads and supervisor, over a folder for its flash and a real broker.</summary>
public sealed class DeviceAppTests : IDisposable
{
    private static readonly TimeSpan _longEnough = TimeSpan.FromMinutes(3);

    private static readonly Func<Received, bool> _isReport = message => message.Topic == "gw/v1/home/node/report";

    private static readonly Func<Received, bool> _isState = message => message.Topic == "gw/v1/home/node/state";

    private readonly string _flash = Directory.CreateTempSubdirectory("gw-device-").FullName + Path.DirectorySeparatorChar;

    public void Dispose() => Directory.Delete(_flash, true);

    [BrokerFact]
    public void It_comes_up_survives_a_killed_thread_reports_and_ends_on_a_reboot()
    {
        using var broker = MosquittoBroker.Start();
        using Peer reader = Peer.Connect(broker);
        reader.Subscribe("gw/#");
        Provision(broker);
        var radio = new KillableRadio();
        var app = new DeviceApp(_flash, new DeviceClock(), radio);
        Assert.Null(app.Error);

        Task<Exception?> device = Start(app);
        Assert.Equal(State.Types.Status.Online, StateOf(reader.Messages.Take()).Status);
        Thread sampler = radio.NextSampler();
        sampler.Interrupt();
        Assert.NotSame(sampler, radio.NextSampler());
        app.Supervision.RequestReboot("test");
        Assert.True(device.Wait(_longEnough), "no reboot");
        Assert.IsType<DeviceRebootException>(device.Result);

        // What it measured last may have gone no further than the flash: then the next boot sends it.
        var after = new DeviceApp(_flash, new DeviceClock(), new KillableRadio());
        Task<Exception?> again = Start(after);
        List<Received> heard = HearUntil(reader, _isReport, message => _isState(message) && StateOf(message).Status == State.Types.Status.Online);
        after.Supervision.RequestReboot("done");
        Assert.True(again.Wait(_longEnough), "no second reboot");

        Report report = Report.Parser.ParseFrom(heard.First(_isReport).Payload);
        Assert.Equal(1u, report.BootId >> 16);
        Assert.True(report.Link.RssiHistogram.Skip(1).Sum(count => count) > 0);
        Assert.Equal(State.Types.Status.Offline, StateOf(heard.First(_isState)).Status);

        var next = new BootRecord(new FlashFiles(_flash));
        next.Begin(3, 300, new Random(1));
        Assert.Equal("done", next.LastWords);
        Assert.Equal(3u, next.Boots);
        Assert.Equal(0u, next.Restarts);
    }

    public static TheoryData<string, string, Source, uint, uint> Images => new()
    {
        { "none", "stock image, no channels: no native assembly", Source.StockScan, 0, 0 },
        { "V1", "native assembly V1, capabilities 0x0F, 2.4 GHz", Source.Native, 1, 0x0F },
        { "V2", "stock image, no channels: the native assembly has ABI 2", Source.StockScan, 0, 0 },
    };

    [BrokerTheory]
    [MemberData(nameof(Images))]
    public void One_build_starts_on_every_image_and_says_on_which(string image, string words, Source source, uint abi, uint capabilities)
    {
        using var broker = MosquittoBroker.Start();
        using Peer reader = Peer.Connect(broker);
        reader.Subscribe("gw/#");
        Provision(broker);
        var native = new FakeNativeRadio { Missing = image == "none" ? new NotSupportedException() : null };
        native.Caps[0] = image == "V2" ? (byte)2 : (byte)1;
        var app = new DeviceApp(_flash, new DeviceClock(), native);

        Task<Exception?> device = Start(app, new FakeWifi());
        State birth = StateOf(reader.Messages.Take());
        app.Supervision.RequestReboot("test");

        Assert.True(device.Wait(_longEnough), "no reboot");
        Assert.Equal((source, abi, capabilities), (birth.Radio, birth.RadioAbi, birth.Capabilities));
        Assert.Equal(words, app.RadioWords);
    }

    [Fact]
    public void Without_settings_it_says_so_and_writes_nothing()
    {
        var app = new DeviceApp(_flash, new DeviceClock(), new KillableRadio());
        Assert.False(app.IsProvisioned);
        Assert.Contains("agent.json", app.Error);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_flash));
    }

    // The device's threads inherit the node they were started in.
    private static Task<Exception?> Start(DeviceApp app, IVirtualWifi? wifi = null) => Task.Factory.StartNew(
        () =>
        {
            using NanoContext.Scope scope = new NanoContext("node") { Wifi = wifi }.Enter();
            return (Exception?)Record.Exception(() => GatewayAgent.App.Program.Run(app));
        },
        TaskCreationOptions.LongRunning);

    private static State StateOf(Received message) => State.Parser.ParseFrom(message.Payload);

    // All that comes, until each of these has come.
    private static List<Received> HearUntil(Peer reader, params Func<Received, bool>[] wanted)
    {
        List<Received> heard = [];
        while (!wanted.All(heard.Any))
        {
            heard.Add(reader.Messages.Take());
        }

        return heard;
    }

    private void Provision(MosquittoBroker broker) => File.WriteAllText(
        _flash + ProvisionedSettings.FileName,
        $$"""{"home":"home","node":"node","brokerHost":"{{broker.Host}}","brokerPort":{{broker.Port}},"brokerTls":false,"assurance":"broker"}""");
}
