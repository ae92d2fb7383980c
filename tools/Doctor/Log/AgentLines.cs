using System.Text.RegularExpressions;
using static GatewayAgent.Doctor.Log.LineBook;

namespace GatewayAgent.Doctor.Log;

/// <summary>What the agent says itself (Console.WriteLine in firmware).</summary>
internal static class AgentLines
{
    private const string Provision = "put it right in the node's folder and copy it again: ./gw provision, nanoff --filedeployment";
    private const string Wire = "check its wiring and its pins in agent.json; the node works without it";

    public static IEnumerable<(Regex Form, Func<Match, LineMeaning> Meaning)> Rules =>
    [
        Rule(@"^gateway-agent (?<version>\S+): not provisioned: (?<why>.*)$", match => new LineMeaning(
            LineLevel.Error, Stage.Settings, $"the agent {match.Groups["version"].Value} waits for settings it can use: {match.Groups["why"].Value}", Provision)),
        Rule("^agent\\.json: (?<type>\\w+)$", LineLevel.Error, Stage.Settings, "agent.json on the board is no JSON that the agent understands", Provision),
        Rule("^(ca\\.pem|client\\.pem|client\\.key): ", LineLevel.Error, Stage.Settings, "a certificate file on the board cannot be read", Provision),
        Rule("^gateway-agent: cannot start: (?<why>.*)$", match => new LineMeaning(
            LineLevel.Error, Stage.Running, $"the agent cannot put itself together: {match.Groups["why"].Value}; it restarts in a minute", "keep the line and report it")),
        Rule("^gateway-agent: safe mode after (?<words>.*)$", match => new LineMeaning(
            LineLevel.Error, Stage.Running, $"after three quick crashes it measures nothing for an hour. Its last words: {match.Groups["words"].Value}", "see why it crashed: ./gw monitor while it restarts")),
        Rule("^radio: native assembly V(?<abi>\\d+)", match => LineMeaning.Info(Stage.Running, $"the native radio serves (ABI {match.Groups["abi"].Value})")),
        Rule("^radio: stock image, no channels: no native assembly", _ => LineMeaning.Info(Stage.Image, "a stock image: links and clients are measured, channels are not")),
        Rule("^radio: stock image, no channels: (?<why>.*)$", match => new LineMeaning(
            LineLevel.Error, Stage.Image, $"the image has a native radio that this agent cannot use: {match.Groups["why"].Value}", "flash image and agent of the same version: ./gw flash")),
        Rule("^mqtt: (?<words>.*)$", match => Broker(match.Groups["words"].Value)),
        Rule("^supervisor: (?<name>\\w+) (stalled|died)", match => new LineMeaning(
            LineLevel.Warning, Stage.Running, $"the thread {match.Groups["name"].Value} stopped and is started again")),
        Rule("^supervisor: ", LineLevel.Warning, Stage.Running, ""),
        Rule("^boot record: not written", LineLevel.Error, Stage.Flash, "the node cannot write to its flash: it is full or worn", "erase it and provision it anew (./gw flash --help); replace a worn module"),
        Rule("^(light|display|button): ", LineLevel.Warning, Stage.Running, "what people see and touch does not answer", Wire),
        Rule("^time: ", LineLevel.Warning, Stage.Running, "the node cannot ask for the time; without it there is no TLS", "check ntpServer in agent.json"),
        Rule("^(sampler|uplink|probe|face)(: not ended)?: ", LineLevel.Warning, Stage.Running, "a step of this thread failed; it is tried again"),
    ];

    private static LineMeaning Broker(string words)
    {
        LineMeaning Of(Stage stage, string meaning, string todo) => new(LineLevel.Error, stage, meaning, todo);
        bool Says(string part) => words.Contains(part, StringComparison.Ordinal);

        return words switch
        {
            _ when Says("no way there") => Of(Stage.Wifi, "the node has no network", "check name and password of the Wi-Fi (network.json), the band, and that the access point is in reach"),
            _ when Says("cannot be looked up") => Of(
                Stage.Name, "the node cannot look up the broker's name", "check the spelling of brokerHost, and the DNS of the home; without Wi-Fi no name is found either"),
            _ when Says("nobody listens") => Of(Stage.Connection, "nobody listens at the broker's address and port", "check brokerHost and brokerPort, and that the broker runs"),
            _ when Says("no answer (connection timed out)") => Of(Stage.Connection, "the broker's address does not answer", "look for a firewall between the home and the broker"),
            _ when Says("not valid yet") => Of(Stage.Tls, "the node refuses the broker's certificate: its time has not come", "check the node's time (ntpServer, port 123 blocked?), then the certificate"),
            _ when Says("it has expired") => Of(Stage.Tls, "the node refuses the broker's certificate: it has expired", "renew the broker's certificate"),
            _ when Says("for another host name") => Of(Stage.Tls, "the node refuses the broker's certificate: it is for another name than brokerHost", "make brokerHost one of the certificate's names"),
            _ when Says("no authority in ca.pem") => Of(Stage.Tls, "the node refuses the broker's certificate: no authority in its ca.pem has signed it", "provision the broker's authority as ca.pem"),
            _ when Says("it accepts no such client certificate") => Of(Stage.Tls, "the broker refuses the node's certificate", "check client.pem: expired, of another authority, or missing"),
            _ when Says("is this its TLS port") => Of(Stage.Tls, "the broker hangs up on TLS", "check brokerPort: is that its TLS port?"),
            _ when Says("TLS handshake failed") => Of(Stage.Tls, "TLS fails", "./gw doctor --broker … --cafile … looks at the broker's side"),
            _ when Says("no authority for TLS is provisioned") || Says("is not a certificate in PEM") || Says("one is not the other's") =>
                Of(Stage.Settings, "the node's certificate files cannot be used", Provision),
            _ when Says("refuses a subscription") => Of(Stage.Access, "the broker does not let the node read its own branch", "correct the broker's access list: gw/v1/HOME/NODE/# for the node"),
            _ when Says("refused by the broker") => Of(Stage.Login, "the broker does not let the node in", "check the node's user, password or certificate at the broker"),
            _ => new LineMeaning(LineLevel.Warning, Stage.Connection, "no connection to the broker; it is tried again"),
        };
    }
}
