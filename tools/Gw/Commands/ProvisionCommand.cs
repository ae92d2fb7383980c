using System.CommandLine;
using GatewayAgent.Gw.Provision;

namespace GatewayAgent.Gw.Commands;

/// <summary><c>provision</c>: what nodes, their broker and its clients are given before they are deployed.</summary>
internal static class ProvisionCommand
{
    public static Command Create()
    {
        var command = new GwCommand("provision", "Makes what nodes need before they are deployed, and lets exactly these in at their broker.")
        {
            Details = "A kit is a folder for one broker and its nodes: for each node its settings, certificate and Wi-Fi as files that ./gw flash copies to a board; "
                + "for the broker its access list, certificate and revocation list; labels to print and a manifest. Secrets are made here, lie in "
                + "files that only you can read, and are never shown. A kit changes as a whole or not at all. The steps, and what a board makes of "
                + "it: docs/provisioning.md",
            Examples =
            [
                "./gw provision node h17/attic --kit lab --broker broker.example --ssid Home",
                "./gw provision batch nodes.csv --kit lab",
                "./gw flash --image GatewayAgent.App.bin --network lab/nodes/attic/network.json --files lab/nodes/attic/files.json",
                "mosquitto -c lab/broker/gateway-agent.conf",
                "./gw provision revoke attic --kit lab",
            ],
        };
        command.Add(CreateNode());
        command.Add(CreateBatch());
        command.Add(CreateImport());
        command.Add(CreateRevoke());
        command.Add(CreateBroker());
        command.Add(ProvisionWifiCommand.Create());
        return command;
    }

    private static GwCommand CreateNode()
    {
        Argument<NodeName> node = NodeName.Argument();
        var options = new ProvisionOptions();
        var command = new GwCommand("node", "Provisions one node.")
        {
            Details = "The first node makes the kit, and then --broker is needed. The node's id must be unique at the broker, not only in its home. "
                + "On a terminal the Wi-Fi password is asked for.",
            Examples =
            [
                "./gw provision node h17/attic --kit lab --broker broker.example --ssid Home",
                "./gw provision node h17/hall --kit lab --ssid Home --wifi-password-file wifi.txt --role companion --board m5stack-core2",
                "./gw provision node h17/attic --kit bench --broker 192.168.1.5 --no-tls --ssid Home",
            ],
        };
        command.Add(node);
        options.AddTo(command);
        command.SetAction(typed => ProvisionRun.Node(typed.GetRequiredValue(node), options.Read(typed, asks: true)));
        return command;
    }

    private static GwCommand CreateBatch()
    {
        var file = new Argument<string>("FILE") { Description = "CSV with a header: home,node,ssid,wifi_password,role,window,settings; the first two are needed" };
        var options = new ProvisionOptions();
        var command = new GwCommand("batch", "Provisions the nodes of a CSV file.")
        {
            Details = "What a row leaves empty the options say. Everything wrong with the file is told at once, with line and column, before anything is made. "
                + "Run again with a longer file, it adds what is new. settings names a JSON file beside it, with members of agent.json such as pins. "
                + "A column of your own begins with #.",
            Examples =
            [
                "./gw provision batch nodes.csv --kit lab --broker broker.example --ssid Home --wifi-password-file wifi.txt",
                "./gw provision batch nodes.csv --kit lab",
                "./gw provision batch nodes.csv --kit field --broker mqtt.example.net --ca operator-ca.pem",
            ],
        };
        command.Add(file);
        options.AddTo(command);
        command.SetAction(typed => ProvisionRun.Batch(typed.GetRequiredValue(file), options.Read(typed, asks: false)));
        return command;
    }

    private static GwCommand CreateImport()
    {
        var files = new Argument<string[]>("FILE") { Description = "PEM: a node's certificate, then what leads to the authority, if anything", Arity = ArgumentArity.OneOrMore };
        Option<string> kit = ProvisionOptions.Kit();
        var command = new GwCommand("import", "Takes the certificates that an operator's authority has signed.")
        {
            Details = "In a kit made with --ca each node has a key and a signing request, nodes/NODE/client.csr, and can be deployed once its certificate is here. "
                + "Whose one is tells its key. The key itself never leaves the kit. A later certificate for the same key takes the place of the first.",
            Examples = ["./gw provision import signed/*.pem --kit field"],
        };
        command.Add(files);
        command.Add(kit);
        command.SetAction(typed => ProvisionRun.Import(typed.GetRequiredValue(kit), typed.GetRequiredValue(files)));
        return command;
    }

    private static GwCommand CreateRevoke()
    {
        var nodes = new Argument<string[]>("NODE") { Description = "Ids of nodes", Arity = ArgumentArity.OneOrMore };
        Option<string> kit = ProvisionOptions.Kit();
        var fresh = new Option<bool>("--new-home-key") { Description = "Also give their homes new hash keys: for a node that was stolen" };
        var command = new GwCommand("revoke", "Takes nodes out of a kit, so that their broker refuses them.")
        {
            Details = "Their entries and secrets are deleted, and their certificates stand in the revocation list. Give the broker its files anew and restart it. "
                + "Who has a stolen node has the Wi-Fi password, too: docs/threat-model.md says what else to do.",
            Examples = ["./gw provision revoke attic --kit lab", "./gw provision revoke attic hall --kit lab --new-home-key"],
        };
        command.Add(nodes);
        command.Add(kit);
        command.Add(fresh);
        command.SetAction(typed => ProvisionRun.Revoke(typed.GetRequiredValue(kit), typed.GetRequiredValue(nodes), typed.GetValue(fresh)));
        return command;
    }

    private static GwCommand CreateBroker()
    {
        Option<string> kit = ProvisionOptions.Kit();
        var names = new Option<string[]>("--name") { Description = "What clients call the broker beside the name that the nodes have", HelpName = "HOST" };
        var command = new GwCommand("broker", "Gives the broker of a kit a new certificate.")
        {
            Details = "It is good for two years, and for the names that the one before had. The nodes trust the authority, so none of them has to be touched.",
            Examples = ["./gw provision broker --kit lab", "./gw provision broker --kit lab --name broker.local --name 192.168.1.5"],
        };
        command.Add(kit);
        command.Add(names);
        command.SetAction(typed => ProvisionRun.RenewBroker(typed.GetRequiredValue(kit), typed.GetValue(names) ?? []));
        return command;
    }
}
