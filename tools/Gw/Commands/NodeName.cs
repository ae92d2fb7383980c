using System.CommandLine;
using System.CommandLine.Parsing;
using GatewayAgent.Protocol;

namespace GatewayAgent.Gw.Commands;

/// <summary>One node, as <c>HOME/NODE</c>.</summary>
internal sealed record NodeName(string Home, string Node)
{
    public override string ToString() => $"{Home}/{Node}";

    public string Topic(string leaf) => Topics.Format(Home, Node, leaf);

    public static Argument<NodeName> Argument() => new("HOME/NODE") { Description = "Which node", CustomParser = Parse };

    public static Option<NodeName?> Option(string description) => new("--node") { Description = description, HelpName = "HOME/NODE", CustomParser = Parse };

    private static NodeName Parse(ArgumentResult result)
    {
        string[] parts = result.Tokens[0].Value.Split('/');
        if (parts.Length == 2 && Topics.IsId(parts[0]) && Topics.IsId(parts[1]))
        {
            return new NodeName(parts[0], parts[1]);
        }

        result.AddError($"'{result.Tokens[0].Value}' is not HOME/NODE, each 1–64 of A–Z a–z 0–9 . _ -");
        return null!;
    }
}
