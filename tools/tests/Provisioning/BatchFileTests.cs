using System.Text;
using GatewayAgent.Provisioning;
using GatewayAgent.Provisioning.Batches;
using GatewayAgent.Provisioning.Nodes;

namespace GatewayAgent.Tests.Provisioning;

/// <summary>Rows become plans, or a list of all that is wrong, by line, column and value.</summary>
public sealed class BatchFileTests : IDisposable
{
    private const string Header = "home,node,ssid,wifi_password,role,window";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gw-batch-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_row_says_what_a_node_is_and_the_defaults_say_the_rest()
    {
        IReadOnlyList<NodePlan> plans = Read(
            "\uFEFFnode,home,#shelf,ssid,wifi_password,role,window",
            "attic,h17,A3,\"Smith, John\",\"pass\"\"word\",companion,60",
            "",
            "hall,h17,,,,,");

        Assert.Equal([("h17", "attic", "companion", 60), ("h17", "hall", "mesh-node", 300)], plans.Select(plan => (plan.Home, plan.Node, plan.Role, plan.WindowSeconds)));
        Assert.Equal([new WifiNetwork("Smith, John", "pass\"word"), new WifiNetwork("Default", "default password")], plans.Select(plan => plan.Wifi));
    }

    [Theory]
    [InlineData("h17,attic,Home,short,,", "wifi_password: has 5 characters, 8–63 are needed for WPA2 and WPA3")]
    [InlineData("h17,attic,Home,pässwordpass,,", "wifi_password: character 2 is not printable ASCII")]
    [InlineData("h17,attic,a name of more than thirty-two bytes,,,", "ssid: 'a name of more than thirty-two bytes' has 36 bytes in UTF-8, at most 32 are allowed")]
    [InlineData("h17,attic,ääääääääääääääää,,,", "ssid: 'ääääääääääääääää' has 32 bytes in UTF-8: the device's runtime takes 31 at most")]
    [InlineData("h 17,attic,,,,", "home: 'h 17' is not 1–64 of A–Z a–z 0–9 . _ -")]
    [InlineData("h17,..,,,,", "node: '..' is not 1–64 of A–Z a–z 0–9 . _ -")]
    [InlineData("h17,../../etc,,,,", "node: '../../etc' is not 1–64 of A–Z a–z 0–9 . _ -")]
    [InlineData(",attic,,,,", "home: must not be empty")]
    [InlineData("h17,attic,,,gateway,", "role: 'gateway' is neither mesh-node nor companion")]
    [InlineData("h17,attic,,,,59", "window: '59' is not within 60–3600 seconds")]
    [InlineData("h17,attic,,,,5min", "window: '5min' is no number of seconds")]
    [InlineData("h17,attic,,,", "has 5 values, the header 6")]
    public void What_cannot_be_used_is_told_by_line_column_and_value(string row, string problem) =>
        Assert.Equal($"{PathOf("nodes.csv")}:3: {problem}", Refusal(Header, "h17,hall,,,,", row));

    [Fact]
    public void Everything_wrong_is_told_at_once()
    {
        string[] lines = Refusal(Header, "h17,hall,,,boss,1", "h17,attic,,,,", "h17,attic,,x,,").Split('\n');

        Assert.Equal(
            [
                ":2: role: 'boss' is neither mesh-node nor companion",
                ":2: window: '1' is not within 60–3600 seconds",
                ":4: wifi_password: has 1 characters, 8–63 are needed for WPA2 and WPA3",
                ":4: node: 'attic' is in line 3 already: at the broker an id is one node's, whatever its home",
            ],
            lines.Select(line => line[PathOf("nodes.csv").Length..]));
    }

    [Fact]
    public void A_file_that_is_wrong_all_over_does_not_fill_the_screen()
    {
        string[] lines = Refusal([Header, .. Enumerable.Range(0, 100).Select(i => $"h17,n{i},,,boss,")]).Split('\n');

        Assert.Equal((21, "… and 80 more"), (lines.Length, lines[^1]));
    }

    [Fact]
    public void The_same_node_in_another_home_is_the_same_node() =>
        Assert.Contains("'hall' is in line 2 already", Refusal(Header, "h17,hall,,,,", "h18,hall,,,,"), StringComparison.Ordinal);

    [Fact]
    public void A_password_is_never_quoted()
    {
        string refusal = Refusal(Header, "h17,hall,,secret,boss,", "h17,hall,,sécret and long,,");

        Assert.DoesNotContain("secret", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("sécret", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("home;node;ssid", "the columns are separated by semicolons: save the file with commas")]
    [InlineData("home,ssid", "column 'node' is missing")]
    [InlineData("home,node,windw", "column 'windw' is none of home, node, ssid, wifi_password, role, window, settings. One of your own begins with #")]
    [InlineData("home,node,node", "column 'node' is there twice")]
    public void A_header_that_is_not_understood_is_not_guessed_at(string header, string problem) =>
        Assert.Equal($"{PathOf("nodes.csv")}:1: {problem}", Refusal(header, "a,b,c"));

    [Fact]
    public void A_missing_password_is_no_open_network_unless_that_is_said()
    {
        Written("home,node,ssid", "h17,attic,Home");

        string refusal = Assert.Throws<ProvisionException>(() => BatchFile.Read(PathOf("nodes.csv"), new NodeDefaults())).Message;
        Assert.EndsWith(":2: wifi_password: is missing. For a network without one say --open-wifi", refusal, StringComparison.Ordinal);

        Assert.Null(BatchFile.Read(PathOf("nodes.csv"), new NodeDefaults { AllowsOpenWifi = true }).Single().Wifi.Password);
    }

    [Fact]
    public void A_quote_in_the_wrong_place_is_told() =>
        Assert.Contains(":2: a quote is in the wrong place", Refusal(Header, "h17,at\"tic,,,,"), StringComparison.Ordinal);

    [Fact]
    public void A_quote_that_is_never_closed_does_not_swallow_the_nodes_after_it()
    {
        string header = "home,node,#shelf";

        Assert.Contains(":2: a quote is in the wrong place, or never closed", Refusal(header, "h17,attic,\"A3", "h17,hall,A4"), StringComparison.Ordinal);
        Assert.Contains(":3: a quote is in the wrong place, or never closed", Refusal(header, "h17,attic,A3", "h17,hall,\"A4", "h17,porch,A5"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_utf8_is_told_before_a_node_looks_for_another_network()
    {
        File.WriteAllBytes(PathOf("nodes.csv"), Encoding.Latin1.GetBytes("home,node,ssid\nh17,attic,Käthe\n"));

        string refusal = Assert.Throws<ProvisionException>(() => BatchFile.Read(PathOf("nodes.csv"), new NodeDefaults { AllowsOpenWifi = true })).Message;

        Assert.EndsWith(":2: ssid: 'K\uFFFDthe' did not come in UTF-8: save the file so, or type it in a terminal that is set to it", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_may_come_in_utf16_with_its_mark_and_lines_may_end_as_on_windows()
    {
        File.WriteAllText(PathOf("nodes.csv"), "home,node,ssid\r\nh17,attic,Käthe\r\n", Encoding.Unicode);

        Assert.Equal("Käthe", BatchFile.Read(PathOf("nodes.csv"), new NodeDefaults { AllowsOpenWifi = true }).Single().Wifi.Ssid);
    }

    [Fact]
    public void Settings_are_looked_for_beside_the_file()
    {
        File.WriteAllText(PathOf("board.json"), """{"light": {"pin": 48, "count": 3}}""");

        Assert.NotNull(Read("home,node,settings", "h17,attic,board.json").Single().Settings);
        Assert.EndsWith($"settings: {PathOf("none.json")}: no such file", Refusal("home,node,settings", "h17,attic,none.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_of_a_row_go_over_those_of_all()
    {
        File.WriteAllText(PathOf("board.json"), """{"light": {"pin": 48}}""");
        Written("home,node,settings", "h17,attic,board.json");
        SettingsTemplate all = SettingsTemplate.Parse("""{"light": {"pin": 1}, "ntpServer": "ntp.example"}""").Template!;

        NodePlan plan = BatchFile.Read(PathOf("nodes.csv"), new NodeDefaults { AllowsOpenWifi = true, Ssid = "Home", Settings = all }).Single();

        Assert.Equal([("light", """{"pin":48}"""), ("ntpServer", "\"ntp.example\"")], plan.Settings!.Members);
    }

    [Theory]
    [InlineData("""{"lihgt": {"pin": 48}}""", "lihgt: the firmware knows no such setting")]
    [InlineData("""{"light": {"pn": 48}}""", "light.pn: the firmware knows no such setting")]
    [InlineData("""{"home": "h1"}""", "home: is given for each node, not here")]
    [InlineData("""{"lightBrightness": "bright"}""", "has a value of the wrong kind")]
    [InlineData("[]", "is no JSON object")]
    [InlineData("{", "is not JSON")]
    public void Settings_that_the_firmware_would_skip_are_refused(string json, string problem)
    {
        File.WriteAllText(PathOf("board.json"), json);

        Assert.Contains($"board.json: {problem}", Refusal("home,node,settings", "h17,attic,board.json"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("home,node\n", "holds no node, only the header")]
    public void Nothing_is_no_batch(string text, string problem)
    {
        File.WriteAllText(PathOf("nodes.csv"), text);

        Assert.Contains(problem, Assert.Throws<ProvisionException>(() => BatchFile.Read(PathOf("nodes.csv"), new NodeDefaults())).Message, StringComparison.Ordinal);
    }

    private IReadOnlyList<NodePlan> Read(params string[] lines)
    {
        Written(lines);
        return BatchFile.Read(PathOf("nodes.csv"), new NodeDefaults { Ssid = "Default", WifiPassword = "default password" });
    }

    private string Refusal(params string[] lines) => Assert.Throws<ProvisionException>(() => Read(lines)).Message;

    private void Written(params string[] lines) => File.WriteAllLines(PathOf("nodes.csv"), lines);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
