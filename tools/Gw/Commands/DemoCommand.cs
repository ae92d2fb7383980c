using System.CommandLine;

namespace GatewayAgent.Gw.Commands;

internal static class DemoCommand
{
    public static Command Create() => new GwCommand("demo", "x") { Examples = [] };
}
