using GatewayAgent.Gw.Commands;

namespace GatewayAgent.Gw.Demo;

/// <summary>How to talk to the nodes of a demo, ready to paste.</summary>
internal static class DemoHints
{
    /// <param name="home">The home's id.</param>
    /// <param name="node">The node of the examples.</param>
    /// <param name="options">Which broker, and as an operator.</param>
    /// <param name="engineer">Which broker, and as one who may read reports.</param>
    /// <param name="speed">Seconds of the home in a second.</param>
    public static string Of(string home, string node, string options, string engineer, double speed)
    {
        // Faster than life the home's clock runs ahead of ours, by which a command expires.
        string within = speed > 1 ? $" --within {CommandCommand.MostPatience}" : "";
        return string.Join('\n',
        [
            "To talk to a node, in another terminal:",
            $$"""echo '{"version":1,"windowSeconds":120}' | ./gw config {{options}} {{home}}/{{node}} --set - --wait""",
            $"./gw config {options} {home}/{node}",
            $"./gw command {options} {home}/{node} locate --seconds 60{within}",
            $"./gw command {options} {home}/{node} placement{within}",
            $"./gw survey {engineer} {home}/{node}{within}",
            "",
            "",
        ]);
    }
}
