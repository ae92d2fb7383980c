using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using GatewayAgent.App;
using GatewayAgent.Device.Platform;
using GatewayAgent.Provisioning;
using GatewayAgent.Provisioning.Kits;
using GatewayAgent.Provisioning.Nodes;
using nanoFramework.Json;

namespace GatewayAgent.Tests.Provisioning;

/// <summary>What a kit holds, and how it changes: as a whole or not at all.</summary>
public sealed class KitTests
{
    [Fact]
    public void The_firmware_reads_what_was_meant()
    {
        using var lab = new KitLab();
        NodePlan plan = KitLab.Plan("h17", "attic") with
        {
            Role = "companion",
            WindowSeconds = 60,
            Settings = SettingsTemplate.Parse("""{"light": {"pin": 48}, "ntpServer": "ntp.example"}""").Template,
        };

        lab.Provision(plan);

        var read = (ProvisionedSettings)JsonConvert.DeserializeObject(lab.Read("nodes/attic/agent.json"), typeof(ProvisionedSettings));
        Assert.Equal(("h17", "attic", "Käthe's \"net\""), (read.home, read.node, read.ssid));
        Assert.Equal(("broker.example", 8883, true), (read.brokerHost, read.brokerPort, read.brokerTls));
        Assert.Equal(("companion", 60, 48, "ntp.example"), (read.role, read.windowSeconds, read.light.pin, read.ntpServer));
        Assert.Null(read.brokerPassword);
        Assert.True(new DeviceApp(lab.InKit("nodes/attic") + "/", new DeviceClock(), null).IsProvisioned);
    }

    [Fact]
    public void Nanoffs_lists_are_as_it_reads_them()
    {
        using var lab = new KitLab();

        lab.Provision(KitLab.Plan("h17", "attic"));

        Assert.Equal(
            """
            {"Files":[{"DestinationFilePath":"I:\\agent.json","SourceFilePath":"agent.json"},{"DestinationFilePath":"I:\\ca.pem","SourceFilePath":"ca.pem"},{"DestinationFilePath":"I:\\client.pem","SourceFilePath":"client.pem"},{"DestinationFilePath":"I:\\client.key","SourceFilePath":"client.key"}]}
            """,
            Compact(lab.Read("nodes/attic/files.json")));
        var wifi = JsonNode.Parse(lab.Read("nodes/attic/network.json"))!["WirelessClient"]!;
        Assert.Equal(("Käthe's \"net\"", KitLab.WifiPassword), (wifi["Ssid"]!.GetValue<string>(), wifi["Password"]!.GetValue<string>()));
        Assert.Equal(("WPA2", "WPA2", "AutoConnect"), (wifi["Authentication"]!.GetValue<string>(), wifi["Encryption"]!.GetValue<string>(), wifi["ConfigurationOption"]!.GetValue<string>()));
        Assert.Single(JsonNode.Parse(lab.Read("nodes/attic/network.json"))!.AsObject());
    }

    [Fact]
    public void What_a_node_does_not_have_is_deleted_from_its_board()
    {
        using var lab = new KitLab { Request = new KitRequest { Host = "192.168.1.5", IsTls = false } };

        lab.Provision(KitLab.Plan("h17", "attic"));

        Assert.Equal(
            """
            {"Files":[{"DestinationFilePath":"I:\\agent.json","SourceFilePath":"agent.json"},{"DestinationFilePath":"I:\\ca.pem"},{"DestinationFilePath":"I:\\client.pem"},{"DestinationFilePath":"I:\\client.key"}]}
            """,
            Compact(lab.Read("nodes/attic/files.json")));
        Assert.Equal(1883, lab.Manifest.Broker.Port);
    }

    [Fact]
    public void An_open_network_is_said_to_be_open()
    {
        using var lab = new KitLab();

        lab.Provision(KitLab.Plan("h17", "attic") with { Wifi = new WifiNetwork("Café", null) });

        JsonNode wifi = JsonNode.Parse(lab.Read("nodes/attic/network.json"))!["WirelessClient"]!;
        Assert.Equal(("", "Open", "None"), (wifi["Password"]!.GetValue<string>(), wifi["Authentication"]!.GetValue<string>(), wifi["Encryption"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData(NodeIdentity.Certificate)]
    [InlineData(NodeIdentity.Password)]
    [UnsupportedOSPlatform("windows")]
    public void Everything_is_its_owners_alone(NodeIdentity identity)
    {
        using var lab = new KitLab { Request = new KitRequest { Host = "broker.example", Identity = identity } };

        foreach (string node in (string[])["attic", "hall"])
        {
            lab.Provision(KitLab.Plan("h17", node));

            Assert.All(Directory.EnumerateFiles(lab.Folder, "*", SearchOption.AllDirectories).Append(lab.InFolder(".kit.lock")), file =>
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
            Assert.All(Directory.EnumerateDirectories(lab.Folder, "*", SearchOption.AllDirectories).Append(lab.Folder), folder =>
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder)));
        }
    }

    [Theory]
    [InlineData(NodeIdentity.Certificate)]
    [InlineData(NodeIdentity.Password)]
    public void What_may_be_shown_holds_no_secret(NodeIdentity identity)
    {
        using var lab = new KitLab { Request = new KitRequest { Host = "broker.example", Identity = identity } };
        lab.Provision(KitLab.Plan("h17", "attic"), KitLab.Plan("h18", "hall"));

        IEnumerable<string> secrets = lab.Files().Where(file => file.EndsWith(".key", StringComparison.Ordinal)).SelectMany(lab.Lines).Where(line => !line.StartsWith('-'))
            .Append(KitLab.WifiPassword)
            .Concat(JsonNode.Parse(lab.Read("homes.json"))!.AsObject().Select(home => home.Value!.GetValue<string>()))
            .Concat(lab.Files().Where(file => Path.GetFileName(file) == "agent.json").Select(file => NodeFiles.PasswordIn(lab.Read(file))).OfType<string>());

        Assert.All(secrets, secret => Assert.All(
            ["manifest.json", "manifest.csv", "labels.html", "broker/acl", .. identity == NodeIdentity.Password ? ["broker/passwords"] : Array.Empty<string>()],
            file => Assert.DoesNotContain(secret, lab.Read(file), StringComparison.Ordinal)));
    }

    [Fact]
    public void Nodes_of_a_home_share_its_key_and_no_other_home_has_it()
    {
        using var lab = new KitLab();
        lab.Provision(KitLab.Plan("h17", "attic"), KitLab.Plan("h18", "porch"));
        lab.Provision(KitLab.Plan("h17", "hall"));

        Assert.Equal(HomeKeyOf(lab, "attic"), HomeKeyOf(lab, "hall"));
        Assert.NotEqual(HomeKeyOf(lab, "attic"), HomeKeyOf(lab, "porch"));
        Assert.Matches("^[0-9a-f]{32}$", HomeKeyOf(lab, "attic"));
    }

    [Theory]
    [InlineData(NodeIdentity.Certificate)]
    [InlineData(NodeIdentity.Password)]
    public void Again_it_changes_nothing_and_a_longer_list_adds_what_is_new(NodeIdentity identity)
    {
        using var lab = new KitLab { Request = new KitRequest { Host = "broker.example", Identity = identity } };
        lab.Provision(KitLab.Plan("h17", "attic"), KitLab.Plan("h17", "hall"));
        Dictionary<string, string> before = ContentsButCrl(lab);

        KitOutcome again = lab.Provision(KitLab.Plan("h17", "attic"), KitLab.Plan("h17", "hall"));

        Assert.Equal(["attic", "hall"], again.Unchanged);
        Assert.Equal(before, ContentsButCrl(lab));

        KitOutcome longer = lab.Provision(KitLab.Plan("h17", "attic"), KitLab.Plan("h17", "hall"), KitLab.Plan("h18", "porch"));

        Assert.Equal(["porch"], longer.Added);
        Assert.Equal(["attic", "hall"], longer.Unchanged);
        Assert.All(before.Where(file => file.Key.StartsWith("nodes/", StringComparison.Ordinal)), file => Assert.Equal(file.Value, lab.Read(file.Key)));
        Assert.Contains("porch", lab.Read("labels-new.html"), StringComparison.Ordinal);
        Assert.DoesNotContain("attic", lab.Read("labels-new.html"), StringComparison.Ordinal);
        if (identity == NodeIdentity.Password)
        {
            Assert.Equal(before["broker/passwords"].Split('\n')[..^1], lab.Lines("broker/passwords")[..^1]);
        }
    }

    [Theory]
    [InlineData(NodeIdentity.Certificate)]
    [InlineData(NodeIdentity.Password)]
    public void Other_settings_need_force_and_keep_the_identity(NodeIdentity identity)
    {
        using var lab = new KitLab { Request = new KitRequest { Host = "broker.example", Identity = identity } };
        NodePlan attic = KitLab.Plan("h17", "attic");
        lab.Provision(attic);
        Dictionary<string, string> before = ContentsButCrl(lab);
        NodePlan other = attic with { Wifi = new WifiNetwork("Home", "another password") };

        ProvisionException fault = Assert.Throws<ProvisionException>(() => lab.Provision(other));

        Assert.Equal("attic: provisioned already, with other settings. --force writes them anew; each keeps its key", fault.Message);
        Assert.Equal(before, ContentsButCrl(lab));

        Assert.Equal(["attic"], lab.Provision(true, other).Changed);

        Assert.Contains("another password", lab.Read("nodes/attic/network.json"), StringComparison.Ordinal);
        string[] kept = identity == NodeIdentity.Certificate ? ["nodes/attic/client.pem", "nodes/attic/client.key"] : ["broker/passwords"];
        Assert.All(kept, file => Assert.Equal(before[file], lab.Read(file)));
        Assert.Equal(NodeFiles.PasswordIn(before["nodes/attic/agent.json"]), NodeFiles.PasswordIn(lab.Read("nodes/attic/agent.json")));
    }

    [Fact]
    public void What_fails_half_way_leaves_nothing()
    {
        using var lab = new KitLab();
        lab.Provision(KitLab.Plan("h17", "attic"));
        Dictionary<string, string> before = ContentsButCrl(lab);
        using var stop = new CancellationTokenSource();

        using (KitChange kit = lab.Begin())
        {
            NodePlan[] plans = [.. Enumerable.Range(0, 5).Select(i => KitLab.Plan("h18", $"n{i}"))];
            Assert.Throws<OperationCanceledException>(() => kit.Provision(plans, false, new StopAfter(3, stop), stop.Token));
        }

        Assert.Equal(before, ContentsButCrl(lab));
        Assert.Equal([".kit.lock", "kit"], lab.Beside);
    }

    [Fact]
    public void What_the_firmware_would_refuse_is_not_called_done()
    {
        using var lab = new KitLab();
        lab.Provision(KitLab.Plan("h17", "attic"));
        NodePlan glaring = KitLab.Plan("h17", "hall") with { Settings = SettingsTemplate.Parse("""{"lightBrightness": 999}""").Template };

        Assert.Equal(
            "hall: the firmware does not take what was written: lightBrightness: 999 is not within 0–255",
            Assert.Throws<ProvisionException>(() => lab.Provision(glaring)).Message);
        Assert.Equal("attic", lab.Manifest.Nodes.Single().Node);
    }

    [Fact]
    public void A_new_kit_that_fails_does_not_come_to_be()
    {
        using var lab = new KitLab();

        using (KitChange kit = lab.Begin())
        {
            kit.Provision([KitLab.Plan("h17", "attic")], false);
        }

        Assert.Empty(lab.Beside);
    }

    [Fact]
    public void What_a_killed_run_left_behind_is_swept_away()
    {
        using var lab = new KitLab();
        lab.Provision(KitLab.Plan("h17", "attic"));
        Directory.CreateDirectory(lab.InFolder(".kit.next/nodes/half"));
        File.WriteAllText(lab.InFolder(".kit.next/nodes/half/client.key"), "half");

        lab.Provision(KitLab.Plan("h17", "hall"));

        Assert.Equal([".kit.lock", "kit"], lab.Beside);
        Assert.Equal(["attic", "hall"], Directory.EnumerateDirectories(lab.InKit("nodes")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_kit_lost_between_two_renames_is_put_back()
    {
        using var lab = new KitLab();
        lab.Provision(KitLab.Plan("h17", "attic"));
        Directory.Move(lab.Folder, lab.InFolder(".kit.old"));

        Assert.Equal(["attic"], lab.Provision(KitLab.Plan("h17", "attic")).Unchanged);
        Assert.Equal([".kit.lock", "kit"], lab.Beside);
    }

    [Fact]
    public void Of_a_link_the_folder_behind_it_changes()
    {
        using var lab = new KitLab();
        lab.Provision(KitLab.Plan("h17", "attic"));
        string link = lab.InFolder("link");
        Directory.CreateSymbolicLink(link, lab.Folder);

        using (KitChange kit = KitChange.Begin(link, lab.Request, lab.Clock))
        {
            kit.Provision([KitLab.Plan("h17", "hall")], false);
            kit.Commit();
        }

        Assert.Equal(lab.Folder, new DirectoryInfo(link).LinkTarget);
        Assert.Equal(2, lab.Manifest.Nodes.Count);
    }

    [Theory]
    [InlineData("authority/ca.key")]
    [InlineData("authority/ca.pem")]
    [InlineData("homes.json")]
    public void What_all_nodes_share_is_never_made_a_second_time(string file)
    {
        using var lab = new KitLab();
        lab.Provision(KitLab.Plan("h17", "attic"));
        File.Move(lab.InKit(file), lab.InFolder("safe"));
        Dictionary<string, string> before = ContentsButCrl(lab);

        Assert.Equal($"{file}: is missing in the kit. Put it back from where it is kept", Assert.Throws<ProvisionException>(() => lab.Provision(KitLab.Plan("h17", "hall"))).Message);
        Assert.Equal(before, ContentsButCrl(lab));

        File.Move(lab.InFolder("safe"), lab.InKit(file));
        Assert.Equal(["hall"], lab.Provision(KitLab.Plan("h17", "attic"), KitLab.Plan("h17", "hall")).Added);
    }

    [Fact]
    public void Damaged_home_keys_are_told_without_a_word_of_them()
    {
        using var lab = new KitLab();
        lab.Provision(KitLab.Plan("h17", "attic"));
        File.WriteAllText(lab.InKit("homes.json"), """{"h17": "0123456789abcdef", "h18": 7}""");

        Assert.Equal("homes.json: is damaged. Put it back from where it is kept", Assert.Throws<ProvisionException>(() => lab.Begin()).Message);
    }

    [Theory]
    [InlineData("\"node\": \"attic\"", "\"node\": \"../../elsewhere\"")]
    [InlineData("\"node\": \"attic\"", "\"node\": \"hall\"")]
    public void A_manifest_that_was_edited_does_not_lead_out_of_the_kit(string was, string now)
    {
        using var lab = new KitLab();
        lab.Provision(KitLab.Plan("h17", "attic"), KitLab.Plan("h17", "hall"));
        File.WriteAllText(lab.InKit("manifest.json"), lab.Read("manifest.json").Replace(was, now, StringComparison.Ordinal));

        Assert.Contains("an id in it is none, or there twice", Assert.Throws<ProvisionException>(() => lab.Begin()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_does_not_get_the_folder_of_another()
    {
        // As it is on a file system without capitals, where Attic is attic.
        using var lab = new KitLab();
        lab.Provision(KitLab.Plan("h17", "attic"));
        Directory.CreateDirectory(lab.InKit("nodes/Attic"));

        Assert.StartsWith("Attic: its folder is there already", Assert.Throws<ProvisionException>(() => lab.Provision(KitLab.Plan("h17", "Attic"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_work_tree_of_git_does_not_see_a_kit()
    {
        using var lab = new KitLab();

        lab.Provision(KitLab.Plan("h17", "attic"));

        Assert.Equal("*\n", lab.Read(".gitignore"));
    }

    [Fact]
    public void A_renewed_broker_keeps_the_names_that_it_had()
    {
        using var lab = new KitLab();
        lab.Provision(KitLab.Plan("h17", "attic"));

        RenewBroker(lab, "broker.local", "192.168.1.5");
        RenewBroker(lab);
        RenewBroker(lab, "BROKER.local", "10.0.0.1");

        using X509Certificate2 certificate = X509Certificate2.CreateFromPem(lab.Read("broker/broker.pem"));
        X509SubjectAlternativeNameExtension names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.Equal(["broker.example", "broker.local"], names.EnumerateDnsNames().Select(name => name.ToLowerInvariant()).Order(StringComparer.Ordinal));
        Assert.Equal(["10.0.0.1", "192.168.1.5"], names.EnumerateIPAddresses().Select(address => address.ToString()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("http://broker")]
    [InlineData("two names")]
    public void A_broker_is_not_given_a_name_that_is_none(string name)
    {
        using var lab = new KitLab();
        lab.Provision(KitLab.Plan("h17", "attic"));

        Assert.Equal($"--name: '{name}' is neither a host's name nor an address", Assert.Throws<ProvisionException>(() => RenewBroker(lab, name)).Message);
    }

    [Fact]
    public void A_broker_is_not_told_of_a_folder_that_would_be_two_lines()
    {
        using var lab = new KitLab { Request = new KitRequest { Host = "broker.example", BrokerFolder = "/etc/gw\nallow_anonymous true" } };

        Assert.Contains("has a control character", Assert.Throws<ProvisionException>(() => lab.Provision(KitLab.Plan("h17", "attic"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_changes_at_once_are_refused()
    {
        using var lab = new KitLab();
        using KitChange first = lab.Begin();

        Assert.EndsWith("another change of it is under way", Assert.Throws<ProvisionException>(() => lab.Begin()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_with_other_things_is_not_touched()
    {
        using var lab = new KitLab();
        Directory.CreateDirectory(lab.Folder);
        File.WriteAllText(lab.InKit("thesis.txt"), "mine");

        Assert.Contains("is no kit", Assert.Throws<ProvisionException>(() => lab.Begin()).Message, StringComparison.Ordinal);
        Assert.Equal("mine", lab.Read("thesis.txt"));
    }

    [Fact]
    public void One_kit_is_for_one_broker()
    {
        using var lab = new KitLab();
        lab.Provision(KitLab.Plan("h17", "attic"));

        Assert.Equal(
            "--broker: this kit has broker.example, not other.example. Another broker needs another kit",
            Assert.Throws<ProvisionException>(() => KitChange.Begin(lab.Folder, new KitRequest { Host = "other.example" }, TimeProvider.System)).Message);
        Assert.StartsWith(
            "--identity: this kit has certificate, not password.",
            Assert.Throws<ProvisionException>(() => KitChange.Begin(lab.Folder, new KitRequest { Identity = NodeIdentity.Password }, TimeProvider.System)).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "--no-tls: this kit has TLS, not no TLS.",
            Assert.Throws<ProvisionException>(() => KitChange.Begin(lab.Folder, new KitRequest { IsTls = false }, TimeProvider.System)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://broker", true, null, "brokerHost: must be a name or an address, without scheme, user and path")]
    [InlineData(null, true, null, "name the broker, for there is no kit yet")]
    [InlineData("broker", false, NodeIdentity.Certificate, "without TLS there are no certificates")]
    public void A_broker_that_no_node_could_use_is_refused(string? host, bool tls, NodeIdentity? identity, string words)
    {
        using var lab = new KitLab { Request = new KitRequest { Host = host, IsTls = tls, Identity = identity } };

        Assert.Contains(words, Assert.Throws<ProvisionException>(() => lab.Begin()).Message, StringComparison.Ordinal);
        Assert.Empty(lab.Beside);
    }

    [Fact]
    public void A_revoked_node_is_gone_from_everywhere_but_the_list()
    {
        using var lab = new KitLab();
        lab.Provision(KitLab.Plan("h17", "attic"), KitLab.Plan("h17", "hall"));
        string serial = lab.Manifest.Nodes[0].Certificate!.Serial;
        string hallBefore = lab.Read("nodes/hall/agent.json");

        Assert.Empty(lab.Revoke(false, "attic"));

        Assert.DoesNotContain("attic", lab.Read("broker/acl"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(lab.InKit("nodes/attic")));
        Assert.Equal(("attic", serial), (lab.Manifest.Revoked.Single().Node, lab.Manifest.Revoked.Single().Serial));
        Assert.Equal(hallBefore, lab.Read("nodes/hall/agent.json"));
        Assert.Equal("ghost: the kit holds no such node", Assert.Throws<ProvisionException>(() => lab.Revoke(false, "ghost")).Message);
    }

    [Fact]
    public void A_stolen_nodes_home_gets_a_new_key_on_all_its_nodes()
    {
        using var lab = new KitLab();
        lab.Provision(KitLab.Plan("h17", "attic"), KitLab.Plan("h17", "hall"), KitLab.Plan("h17", "porch"), KitLab.Plan("h18", "cellar"));
        (string hall, string cellar) = (HomeKeyOf(lab, "hall"), HomeKeyOf(lab, "cellar"));

        Assert.Equal(["hall", "porch"], lab.Revoke(true, "attic"));

        Assert.NotEqual(hall, HomeKeyOf(lab, "hall"));
        Assert.Equal(HomeKeyOf(lab, "hall"), HomeKeyOf(lab, "porch"));
        Assert.Equal(cellar, HomeKeyOf(lab, "cellar"));
        Assert.Equal(["hall"], lab.Provision(KitLab.Plan("h17", "hall")).Unchanged);
    }

    [Fact]
    public void A_node_that_comes_back_gets_another_certificate()
    {
        using var lab = new KitLab();
        lab.Provision(KitLab.Plan("h17", "attic"));
        string first = lab.Manifest.Nodes.Single().Certificate!.Serial;
        lab.Revoke(false, "attic");

        Assert.Equal(["attic"], lab.Provision(KitLab.Plan("h17", "attic")).Added);

        Assert.NotEqual(first, lab.Manifest.Nodes.Single().Certificate!.Serial);
        Assert.Equal(first, lab.Manifest.Revoked.Single().Serial);
    }

    [Fact]
    public void A_thousand_nodes_have_a_thousand_certificates()
    {
        using var lab = new KitLab();

        Assert.Equal(Thousand.Length, lab.Provision(Thousand).Added.Count);

        IReadOnlyList<NodeEntry> nodes = lab.Manifest.Nodes;
        Assert.Equal(1000, nodes.Select(node => node.Certificate!.Serial).Distinct().Count());
        Assert.Equal(1000, nodes.Select(node => node.Certificate!.Sha256).Distinct().Count());
        Assert.Equal(1000, nodes.Select(node => lab.Read($"nodes/{node.Node}/client.key")).Distinct().Count());
        Assert.Equal(334, nodes.Select(node => HomeKeyOf(lab, node.Node)).Distinct().Count());
        Assert.Equal(1001, lab.Lines("manifest.csv").Length);
        Assert.Equal(1000, lab.Lines("labels.html").Count(line => line.StartsWith("<article>", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_thousand_nodes_have_a_thousand_passwords()
    {
        using var lab = new KitLab { Request = new KitRequest { Host = "broker.example", Identity = NodeIdentity.Password } };

        lab.Provision(Thousand);

        Assert.Equal(1000, lab.Manifest.Nodes.Select(node => NodeFiles.PasswordIn(lab.Read($"nodes/{node.Node}/agent.json"))).Distinct().Count());
        Assert.Equal(1002, lab.Lines("broker/passwords").Distinct().Count());
    }

    private static NodePlan[] Thousand => [.. Enumerable.Range(0, 1000).Select(i => KitLab.Plan($"h{i / 3}", $"n{i}"))];

    private static void RenewBroker(KitLab lab, params string[] names)
    {
        using KitChange kit = lab.Begin();
        kit.RenewBroker(names);
        kit.Commit();
    }

    private static string HomeKeyOf(KitLab lab, string node) => JsonNode.Parse(lab.Read($"nodes/{node}/agent.json"))!["homeKey"]!.GetValue<string>();

    private static string Compact(string json) => JsonNode.Parse(json)!.ToJsonString();

    // The revocation list says when it was signed.
    private static Dictionary<string, string> ContentsButCrl(KitLab lab) =>
        lab.Files().Where(file => file != "broker/crl.pem").ToDictionary(file => file, lab.Read);

    private sealed class StopAfter(int count, CancellationTokenSource stop) : IProgress<int>
    {
        public void Report(int value)
        {
            if (value == count)
            {
                stop.Cancel();
            }
        }
    }
}
