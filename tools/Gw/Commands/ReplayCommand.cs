using System.CommandLine;

namespace GatewayAgent.Gw.Commands;

internal static class ReplayCommand
{
    public static Command Create() => new GwCommand("replay", "x") { Examples = [] };
}
