using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using GatewayAgent.Gw.Provision;
using GatewayAgent.Hardware.Boards;
using GatewayAgent.Provisioning.Batches;
using GatewayAgent.Provisioning.Kits;
using GatewayAgent.Provisioning.Nodes;

namespace GatewayAgent.Gw.Commands;

/// <summary>The options of <c>provision node</c> and <c>provision batch</c>.</summary>
internal sealed class ProvisionOptions
{
    private readonly Option<string> _kit = Kit();

    private readonly Option<(string Host, int? Port)?> _broker = new("--broker")
    {
        Description = "Broker as the nodes call it; for a new kit [default port: 8883, without TLS 1883]",
        HelpName = "HOST:PORT",
        CustomParser = ReadBroker,
    };

    private readonly Option<NodeIdentity?> _identity = new("--identity")
    {
        Description = "How nodes are known at the broker; for a new kit [default: certificate, without TLS password]",
        HelpName = "certificate|password",
        CustomParser = ReadIdentity,
    };

    private readonly Option<bool> _noTls = new("--no-tls") { Description = "Without TLS, for a bench: passwords go over the air in clear; for a new kit" };
    private readonly Option<string?> _authority = new("--ca")
    {
        Description = "PEM of your own authority: the kit makes signing requests, see import; for a new kit [default: a small one of the kit's own]",
        HelpName = "FILE",
    };

    private readonly Option<string?> _brokerFolder = new("--broker-folder")
    {
        Description = "Where the folder broker will lie on the broker's machine; for a new kit [default: where it is]",
        HelpName = "PATH",
    };

    private readonly Option<string?> _ssid = new("--ssid") { Description = "The home's network, 1–31 bytes", HelpName = "NAME" };
    private readonly WifiPasswordOption _password = new();

    private readonly Option<string> _role = new("--role")
    {
        Description = "mesh-node has a backhaul and serves clients; companion stands beside the gateway, on its channel",
        HelpName = $"{NodePlan.MeshNode}|{NodePlan.Companion}",
        DefaultValueFactory = _ => NodePlan.MeshNode,
    };

    private readonly Option<int> _window =
        CommonOptions.Number("--window", "Seconds of a report", Limits.WindowMinSeconds, Limits.WindowMaxSeconds, Limits.WindowDefaultSeconds);

    private readonly Option<string?> _board = new("--board") { Description = "Board, as its folder in hardware/: where its light, button and display are", HelpName = "ID" };

    private readonly Option<string?> _settings = new("--settings")
    {
        Description = "JSON with further members of agent.json, such as pins of your own: {\"light\": {\"pin\": 48}}",
        HelpName = "FILE",
    };

    private readonly Option<bool> _force = new("--force") { Description = "Write nodes anew that have other settings in the kit; each keeps its key" };

    public ProvisionOptions() => _role.AcceptOnlyFromAmong(NodePlan.MeshNode, NodePlan.Companion);

    public static Option<string> Kit() => new("--kit") { Description = "Folder of the kit", HelpName = "FOLDER", Required = true };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_kit, _ssid, .. _password.Options, _role, _window, _board, _settings, _force, _broker, _identity, _noTls, _authority, _brokerFolder])
        {
            command.Add(option);
        }
    }

    /// <param name="typed">What was typed.</param>
    /// <param name="asks">Ask for the Wi-Fi password on a terminal when none is given.</param>
    public ProvisionRequest Read(ParseResult typed, bool asks)
    {
        (string Host, int? Port)? broker = typed.GetValue(_broker);
        return new ProvisionRequest(
            typed.GetRequiredValue(_kit),
            new KitRequest
            {
                Host = broker?.Host,
                Port = broker?.Port,
                Identity = typed.GetValue(_identity),
                IsTls = typed.GetValue(_noTls) ? false : null,
                AuthorityFile = typed.GetValue(_authority),
                BrokerFolder = typed.GetValue(_brokerFolder),
            },
            new NodeDefaults
            {
                Ssid = typed.GetValue(_ssid),
                WifiPassword = _password.Read(typed, asks),
                AllowsOpenWifi = _password.IsOpen(typed),
                Role = typed.GetRequiredValue(_role),
                WindowSeconds = typed.GetValue(_window),
                Settings = Settings(typed.GetValue(_board), typed.GetValue(_settings)),
            },
            typed.GetValue(_force));
    }

    private static SettingsTemplate? Settings(string? board, string? file)
    {
        SettingsTemplate? pins = board == null ? null : BoardSettings.Of(BoardCatalog.BuiltIn.Find(board));
        return file == null ? pins : SettingsTemplate.Load(file).Over(pins);
    }

    private static (string, int?)? ReadBroker(ArgumentResult result)
    {
        string typed = result.Tokens[0].Value;
        int colon = typed.EndsWith(']') || typed.Count(c => c == ':') > 1 && !typed.StartsWith('[') ? -1 : typed.LastIndexOf(':');
        string host = (colon < 0 ? typed : typed[..colon]).Trim('[', ']');
        int port = 0;
        if (host.Length > 0 && (colon < 0 || (int.TryParse(typed[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is >= 1 and <= 65535)))
        {
            return (host, colon < 0 ? null : port);
        }

        result.AddError($"--broker: '{typed}' is not HOST or HOST:PORT with a port within 1–65535");
        return null;
    }

    private static NodeIdentity? ReadIdentity(ArgumentResult result)
    {
        string typed = result.Tokens[0].Value;
        if (Enum.GetValues<NodeIdentity>().Where(identity => identity.ToString().ToLowerInvariant() == typed).Select(identity => (NodeIdentity?)identity).SingleOrDefault() is { } identity)
        {
            return identity;
        }

        result.AddError($"--identity: '{typed}' is neither certificate nor password");
        return null;
    }
}
