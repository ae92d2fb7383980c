using System.CommandLine;
using System.CommandLine.Help;

namespace GatewayAgent.Gw.Commands;

/// <summary>Every command of <c>./gw</c>.</summary>
internal static class CommandTree
{
    public static Command Create()
    {
        var root = new GwCommand("./gw", "Measures a home's Wi-Fi from its mesh nodes, and shows that nothing it measures is lost.")
        {
            Examples = ["./gw demo", "./gw test", "./gw replay home.pcap --db out.db", "./gw export --db out.db --csv"],
        };
        root.Add(DemoCommand.Create());
        root.Add(ReplayCommand.Create());
        root.Add(SurveyCommand.Create());
        root.Add(CollectCommand.Create());
        root.Add(TokenCommand.Create());
        root.Add(McpCommand.Create());
        root.Add(FleetCommand.Create());
        root.Add(ProvisionCommand.Create());
        root.Add(FlashCommand.Create());
        root.Add(DoctorCommand.Create());
        root.Add(MonitorCommand.Create());
        root.Add(FactoryCommand.Create());
        root.Add(ConfigCommand.Create());
        root.Add(CommandCommand.Create());
        root.Add(ExportCommand.Create());
        root.Add(DecodeCommand.Create());
        root.Add(TestCommand.Create());
        root.Add(new HelpOption { Action = new HelpPage() });
        root.Add(new VersionOption());
        return root;
    }
}
