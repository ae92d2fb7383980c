using System.CommandLine;
using System.CommandLine.Parsing;
using GatewayAgent.Collector;
using GatewayAgent.Collector.Mqtt;
using GatewayAgent.Collector.Store;
using GatewayAgent.Gw.Collecting;
using GatewayAgent.Mosquitto;
using GatewayAgent.Portal;
using GatewayAgent.Protocol;

namespace GatewayAgent.Gw.Commands;

/// <summary><c>collect</c>: a collector in this process, until it is told to stop.</summary>
internal static class CollectCommand
{
    /// <summary>For a collector that lives for its parent: it ends when its standard input does, which is when the parent dies.</summary>
    public const string UntilInputEnds = "--until-input-ends";

    public const string AssessEvery = "--assess-every";

    private const string Version5 = "5", Text = "text", Json = "json";
    private const int MostDays = 3650;

    public static Command Create()
    {
        var broker = new BrokerOptions("Broker to subscribe at [default port: 1883]");
        Option<string> database = CommonOptions.Store("Where reports are kept, made when missing");
        var name = new Option<string>("--name")
        {
            Description = "Name of this collector at the broker, the same at each start",
            HelpName = "ID",
            DefaultValueFactory = _ => "gw",
        };
        var share = new Option<string?>("--share")
        {
            Description = "Shared subscription: collectors of the same group, each with its own --name, divide the nodes' messages",
            HelpName = "GROUP",
        };
        Option<string> version = CommonOptions.Choice("--mqtt-version", "MQTT to speak: 3.1.1 or 5", "VERSION", ["3.1.1", Version5]);
        name.Validators.Add(MustBeId);
        share.Validators.Add(MustBeId);
        Option<int> days = CommonOptions.Number("--keep-days", "Days that reports are kept; the hours made of them stay longer", 1, MostDays, 14);
        Option<int> assess = CommonOptions.Number(AssessEvery, "Seconds between two assessments of a home in which something happens; else twelve times as many", 5, 3600, 300);
        var zone = new Option<string?>("--time-zone") { Description = "Where the homes are, so that \"evening\" is theirs [default: not known, times in UTC]", HelpName = "IANA" };
        zone.Validators.Add(MustBeTimeZone);
        var portal = new PortalFlags();
        Option<string> log = CommonOptions.Choice("--log", "Lines on standard error: text, or json for programs", "FORM", [Text, Json]);
        var tiedToInput = new Option<bool>(UntilInputEnds) { Hidden = true };
        var command = new GwCommand("collect", "Stores the reports of every node at a broker, acknowledges them once they are on disk, and says what they mean.")
        {
            Details = "Runs until Ctrl-C or SIGTERM, and reconnects by itself. With --listen it also serves the web page and the API; what that needs "
                + "in production is in docs/operations.",
            Examples =
            [
                "./gw collect --broker 127.0.0.1 --store fleet.db --listen http://127.0.0.1:8080",
                "./gw collect --broker mqtt.example.net:1883 --store fleet.db --user collector --password-file secret",
                "./gw collect --broker mqtt.example.net:8883 --store fleet.db --cafile ca.pem --cert me.pem --key me.key",
                "./gw collect --broker mqtt.example.net --store postgres://gw@db.example.net/gw --share east --name east-1",
            ],
        };
        foreach (Option option in (Option[])[broker.Address, database, name, share, version, .. broker.Credentials, days, assess, zone, .. portal.All, log, tiedToInput])
        {
            command.Add(option);
        }

        command.SetAction(typed =>
        {
            bool isJson = typed.GetRequiredValue(log) == Json;
            PortalOptions? faces = portal.Read(typed, isJson);
            using var lines = new CollectorLog(isJson);
            MosquittoOptions options = broker.Read(typed) with { IsVersion5 = typed.GetRequiredValue(version) == Version5 };
            var source = new MqttReportSource(options, typed.GetRequiredValue(name), typed.GetValue(share), lines.Write);
            var keeping = new CollectorOptions
            {
                Database = typed.GetRequiredValue(database),
                KeepReports = TimeSpan.FromDays(typed.GetRequiredValue(days)),
                AssessEvery = TimeSpan.FromSeconds(typed.GetRequiredValue(assess)),
                TimeZone = typed.GetValue(zone) is { } id ? TimeZoneInfo.FindSystemTimeZoneById(id) : null,
            };
            return Run(source, keeping, faces, lines, typed.GetValue(tiedToInput));
        });
        return command;
    }

    // Both become part of what is sent to the broker: a slash or a wildcard would mean something else there.
    private static void MustBeId(OptionResult result)
    {
        if (result.Tokens.Count == 1 && !Topics.IsId(result.Tokens[0].Value))
        {
            result.AddError($"{result.Option.Name}: '{result.Tokens[0].Value}' is not 1–64 of A–Z a–z 0–9 . _ -");
        }
    }

    private static void MustBeTimeZone(OptionResult result)
    {
        if (result.Tokens.Count == 1 && !TimeZoneInfo.TryFindSystemTimeZoneById(result.Tokens[0].Value, out _))
        {
            result.AddError($"{result.Option.Name}: '{result.Tokens[0].Value}' is no time zone of this machine; write it as in Europe/Berlin");
        }
    }

    private static int Run(MqttReportSource source, CollectorOptions options, PortalOptions? faces, CollectorLog log, bool isTiedToInput)
    {
        using var stop = new StopSignal(ignoreKeyboard: isTiedToInput);
        if (isTiedToInput)
        {
            new Thread(() => WaitForEndOfInput(stop)) { IsBackground = true, Name = "parent" }.Start();
        }

        using CollectorHost host = CollectorHost.Start(options, source, log.Write);
        using (CollectorStore store = CollectorStore.Open(options.Database))
        using (PortalHost? portal = faces == null ? null : PortalHost.Start(faces, store, host.Vitals, log.Factory))
        {
            if (portal != null)
            {
                log.Serving(portal.Url);
            }

            WaitHandle.WaitAny([stop.Token.WaitHandle, ((IAsyncResult)host.Completion).AsyncWaitHandle]);
        }

        host.Dispose();
        host.Completion.GetAwaiter().GetResult();
        return ExitCode.Ok;
    }

    private static void WaitForEndOfInput(StopSignal stop)
    {
        using Stream input = Console.OpenStandardInput();
        while (input.ReadByte() >= 0)
        {
        }

        stop.Request();
    }
}
