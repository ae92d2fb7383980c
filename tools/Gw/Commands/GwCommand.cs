using System.CommandLine;

namespace GatewayAgent.Gw.Commands;

/// <summary>A command whose help says more than its line in the list of commands, and ends with examples.</summary>
internal sealed class GwCommand(string name, string summary) : Command(name, summary)
{
    /// <summary>What follows the summary in the command's own help; null = nothing.</summary>
    public string? Details { get; init; }

    /// <summary>Lines as they are typed.</summary>
    public required IReadOnlyList<string> Examples { get; init; }
}
