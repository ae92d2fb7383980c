using System.Globalization;
using GatewayAgent.Gw.Commands;
using GatewayAgent.Hardware.Tools;
using GatewayAgent.Provisioning;
using GatewayAgent.Provisioning.Batches;
using GatewayAgent.Provisioning.Kits;
using GatewayAgent.Provisioning.Nodes;

namespace GatewayAgent.Gw.Provision;

/// <summary>Changes a kit, and says what to do next.</summary>
internal static class ProvisionRun
{
    private static readonly TimeSpan _soon = TimeSpan.FromDays(90);

    public static int Node(NodeName name, ProvisionRequest request)
    {
        NodeDefaults given = request.Defaults;
        var plan = new NodePlan
        {
            Home = name.Home,
            Node = name.Node,
            Wifi = new WifiNetwork(given.Ssid ?? throw GwException.Usage("--ssid: name the home's network"), given.WifiPassword),
            Role = given.Role,
            WindowSeconds = given.WindowSeconds,
            Settings = given.Settings,
        };
        if (plan.Problems().Select(problem => $"{OptionOf(problem.Field)}: {problem.Problem}").FirstOrDefault() is { } wrong)
        {
            throw GwException.Usage(wrong);
        }

        return Provision([plan], request);
    }

    public static int Batch(string file, ProvisionRequest request)
    {
        IReadOnlyList<NodePlan> plans = BatchFile.Read(file, request.Defaults);
        if (plans.Any(plan => plan.Wifi.Password != request.Defaults.WifiPassword) && IsReadByOthers(file))
        {
            Hint($"{file} holds passwords, and others may read it: chmod 600 {file}");
        }

        return Provision(plans, request);
    }

    public static int Import(string folder, string[] files)
    {
        using KitChange kit = Open(folder);
        int ready = kit.Import(files).Distinct().Count();
        kit.Commit();
        Console.Out.WriteLine($"{folder}: {Count(ready)} ready to be deployed; {Waiting(kit)} wait for a certificate");
        return ExitCode.Ok;
    }

    public static int Revoke(string folder, string[] nodes, bool freshHomeKeys)
    {
        using KitChange kit = Open(folder);
        IReadOnlyList<string> rewritten = kit.Revoke(nodes, freshHomeKeys);
        kit.Commit();
        Console.Out.WriteLine($"{folder}: {string.Join(", ", nodes.Distinct())} taken out; {Count(kit.Nodes.Count)} left");
        Hint($"give the broker {folder}/broker anew and restart it: a reload reads the lists, but leaves an open session alone");
        if (kit.Settings is { Authority: AuthorityKind.Operator, Identity: NodeIdentity.Certificate })
        {
            Hint("revoke the certificate at your authority, too: this kit keeps no list of its own");
        }

        if (rewritten.Count > 0)
        {
            Hint($"deploy again, for the home's new hash key: {string.Join(", ", rewritten)}");
        }

        return ExitCode.Ok;
    }

    public static int RenewBroker(string folder, string[] names)
    {
        using KitChange kit = Open(folder);
        kit.RenewBroker(names);
        kit.Commit();
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{folder}: the broker's certificate is good until {kit.BrokerCertificateEnds:yyyy-MM-dd}"));
        Hint($"give the broker {folder}/broker anew and restart it");
        return ExitCode.Ok;
    }

    private static int Provision(IReadOnlyList<NodePlan> plans, ProvisionRequest request)
    {
        using var stop = new StopSignal();
        using KitChange kit = KitChange.Begin(request.Folder, request.Kit, TimeProvider.System);
        KitOutcome outcome;
        using (var progress = new ProvisionProgress(plans.Count))
        {
            outcome = kit.Provision(plans, request.Force, progress, stop.Token);
        }

        kit.Commit();
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Folder}: {Count(outcome.Added.Count)} added, {outcome.Changed.Count:N0} written anew, {outcome.Unchanged.Count:N0} as they were; {kit.Nodes.Count:N0} in all"));
        SayNext(request.Folder, kit, plans[0].Node);
        return ExitCode.Ok;
    }

    private static void SayNext(string folder, KitChange kit, string node)
    {
        if (Waiting(kit) is > 0 and int waiting)
        {
            Hint($"{waiting} wait for a certificate: have nodes/*/client.csr signed by your authority, then ./gw provision import FILE... --kit {folder}");
        }
        else
        {
            string files = Path.Combine(folder, "nodes", node);
            string[] flash = ["flash", "--image", "GatewayAgent.App.bin", "--files", Path.Combine(files, "files.json"), "--network", Path.Combine(files, "network.json")];
            string[] deploy = ["--serialport", "/dev/ttyUSB0", "--filedeployment", "files.json", "--networkdeployment", "network.json"];
            Hint($"to flash a board: {new ToolCommand("./gw", flash).ToShell()}");
            Hint($"one that runs the agent already: {new ToolCommand("nanoff", deploy, files).ToShell()}");
        }

        Hint($"for the broker: {folder}/broker; to print: {folder}/labels.html");
        if (kit.Settings.IsOwnMachine)
        {
            Hint($"{kit.Settings.Host} is this machine itself: to a board it is the board. Simulated nodes can use it");
        }

        if (kit.BrokerCertificateEnds is { } end && end - DateTimeOffset.UtcNow < _soon)
        {
            Hint(string.Create(CultureInfo.InvariantCulture, $"the broker's certificate ends on {end:yyyy-MM-dd}: ./gw provision broker --kit {folder}"));
        }
    }

    // One that is there already.
    private static KitChange Open(string folder) => Directory.Exists(folder)
        ? KitChange.Begin(folder, new KitRequest(), TimeProvider.System)
        : throw GwException.Usage($"{folder}: no such kit");

    private static int Waiting(KitChange kit) => kit.Nodes.Count(node => !node.Ready);

    private static string Count(int nodes) => string.Create(CultureInfo.InvariantCulture, $"{nodes:N0} {(nodes == 1 ? "node" : "nodes")}");

    private static string OptionOf(string field) => field switch
    {
        "wifi_password" => "the network's password",
        "home" or "node" => field,
        _ => $"--{field}",
    };

    private static bool IsReadByOthers(string file) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0;

    private static void Hint(string text) => Console.Error.WriteLine($"gw: {text}");
}
