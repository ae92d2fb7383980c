using System.CommandLine;
using GatewayAgent.Gw.Survey;

namespace GatewayAgent.Gw.Commands;

/// <summary><c>survey</c>: the channels as one node hears them.</summary>
internal static class SurveyCommand
{
    private const double SlowestSpeed = 0.1, StandardSpeed = 60, FastestSpeed = 1000;
    private const int MostSeed = 999_999, MostWindows = 100_000;

    // Two of the usual windows, and the collector's patience.
    private const int LeastPatience = 1, UsualPatience = 660;

    public static Command Create()
    {
        Argument<NodeName> node = NodeName.Argument();
        node.Arity = ArgumentArity.ZeroOrOne;
        node.Description = "A real node, at --broker";
        var broker = new BrokerOptions("Broker of the node [default port: 1883]");
        broker.Address.Required = false;
        var now = new Option<bool>("--now") { Description = "Have the node visit all channels and report now: 45 s, in which its uplink pauses 120 ms a second" };
        var capture = new Option<string?>("--capture") { Description = "Instead of a node: what one hears in this pcap or pcapng file, all of it added up", HelpName = "FILE" };
        var demo = new Option<string?>("--demo")
        {
            Description = $"Instead of a node: one of a simulated home, {string.Join(", ", DesktopSurvey.DemoNodes)}",
            HelpName = "NODE",
        };
        Option<int> seed = CommonOptions.Number("--seed", "With --demo: another seed is another life in the home", 0, MostSeed, 1);
        Option<double> speed = CommonOptions.Number("--speed", "With --demo: seconds of the home in a second", SlowestSpeed, FastestSpeed, StandardSpeed);
        Option<int?> windows = CommonOptions.OptionalNumber("--windows", "End after so many [default: at Ctrl-C in a terminal, otherwise 1]", 1, MostWindows);
        Option<int> patience = CommonOptions.Number("--within", "Seconds to wait for each report of a real node", LeastPatience, CommandCommand.MostPatience, UsualPatience);
        var json = new Option<bool>("--json") { Description = "A JSON object a report, on a line of its own, instead of the table" };
        var command = new GwCommand("survey", "Shows the channels as one node hears them: use, access points, strongest signal.")
        {
            Details = "A bar of full blocks is the utilisation that access points state (BSS Load); a lighter one the air time of the frames "
                + "heard, a lower bound. 'quiet' was listened to and nothing was heard; 'not listened' is unknown. The broker's user must be one who may "
                + "read reports. Ends with 1 when none came.",
            Examples =
            [
                "./gw survey --demo hall",
                "./gw survey --capture home.pcap",
                "./gw survey h17/attic --broker mqtt.example.net --now",
                "./gw survey h17/attic --broker mqtt.example.net --windows 12 --json > channels.jsonl",
            ],
        };
        command.Add(node);
        foreach (Option option in (Option[])[broker.Address, now, demo, capture, seed, speed, windows, patience, json, .. broker.Credentials])
        {
            command.Add(option);
        }

        command.SetAction(typed =>
        {
            NodeName? named = typed.GetValue(node);
            string? file = typed.GetValue(capture), home = typed.GetValue(demo);
            bool hasBroker = typed.GetValue(broker.Address) != null;
            Check(named, hasBroker, typed.GetValue(now), file, home);
            return Run(new SurveyRequest
            {
                Node = named,
                Broker = hasBroker ? broker.Read(typed) : null,
                IsNow = typed.GetValue(now),
                Capture = file,
                DemoNode = home,
                Seed = typed.GetValue(seed),
                Speed = typed.GetValue(speed),
                Windows = typed.GetValue(windows) ?? (SurveyScreen.IsLive ? null : 1),
                Patience = TimeSpan.FromSeconds(typed.GetValue(patience)),
                IsJson = typed.GetValue(json),
            });
        });
        return command;
    }

    private static void Check(NodeName? node, bool hasBroker, bool isNow, string? capture, string? demo)
    {
        int sources = (node == null ? 0 : 1) + (capture == null ? 0 : 1) + (demo == null ? 0 : 1);
        if (sources != 1)
        {
            throw GwException.Usage("survey: name one: HOME/NODE with --broker, --demo NODE, or --capture FILE. See ./gw survey --help");
        }

        if ((node != null) != hasBroker || (isNow && node == null))
        {
            throw GwException.Usage("survey: HOME/NODE and --broker belong together, and --now belongs to them. See ./gw survey --help");
        }

        if (demo != null && !DesktopSurvey.DemoNodes.Contains(demo))
        {
            throw GwException.Usage($"the home has no node {demo}, but {string.Join(", ", DesktopSurvey.DemoNodes)}");
        }
    }

    private static int Run(SurveyRequest request)
    {
        using var stop = new StopSignal();
        var screen = new SurveyScreen(request.Node?.ToString() ?? request.Capture ?? request.DemoNode!, request.IsJson);
        bool hasHeard = screen.Show(show =>
        {
            Action<SurveyRequest, Action<ChannelMap>, CancellationToken> listen =
                request.Node != null ? NodeSurvey.Listen : request.Capture != null ? DesktopSurvey.Hear : DesktopSurvey.Live;
            listen(request, show, stop.Token);
        });
        if (!hasHeard)
        {
            stop.Token.ThrowIfCancellationRequested();
            throw new GwException(ExitCode.Problem, $"{request.Capture ?? request.DemoNode}: no window to show");
        }

        return ExitCode.Ok;
    }
}
