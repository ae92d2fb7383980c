using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using GatewayAgent.Hardware.Boards;
using GatewayAgent.Provisioning.Improv;
using GatewayAgent.Tests.Gw;

namespace GatewayAgent.Tests.Provisioning;

/// <summary><c>./gw provision</c> as people run it.</summary>
public sealed class GwProvisionTests : GwFolder
{
    [Fact]
    public void A_node_a_batch_and_a_revocation_end_in_a_kit_and_show_no_secret()
    {
        string wifi = Written("wifi.txt", "correct horse\n"u8.ToArray()), csv = Written("nodes.csv", "home,node\nh17,attic\nh17,hall\n"u8.ToArray()), kit = FileIn("kit");

        GwResult first = GwProcess.Run("provision", "node", "h17/attic", "--kit", kit, "--broker", "broker.example", "--ssid", "Home", "--wifi-password-file", wifi);
        GwResult batch = GwProcess.RunWithInput("correct horse\n"u8.ToArray(), "provision", "batch", csv, "--kit", kit, "--ssid", "Home", "--wifi-password-file", "-");
        GwResult revoked = GwProcess.Run("provision", "revoke", "attic", "--kit", kit, "--new-home-key");

        Assert.Equal($"{kit}: 1 node added, 0 written anew, 0 as they were; 1 in all\n", first.Out);
        Assert.Equal($"{kit}: 1 node added, 0 written anew, 1 as they were; 2 in all\n", batch.Out);
        Assert.Equal($"{kit}: attic taken out; 1 node left\n", revoked.Out);
        Assert.Contains("deploy again, for the home's new hash key: hall", revoked.Error, StringComparison.Ordinal);
        Assert.Contains($"./gw flash --image GatewayAgent.App.bin --files '{kit}/nodes/attic/files.json' --network '{kit}/nodes/attic/network.json'\n", first.Error, StringComparison.Ordinal);
        Assert.Contains($"(cd '{kit}/nodes/attic' && nanoff --serialport /dev/ttyUSB0 --filedeployment files.json --networkdeployment network.json)\n", first.Error, StringComparison.Ordinal);
        string homeKey = JsonNode.Parse(File.ReadAllText(Path.Combine(kit, "nodes/hall/agent.json")))!["homeKey"]!.GetValue<string>();
        Assert.All([first, batch, revoked], run =>
        {
            Assert.Equal(0, run.ExitCode);
            Assert.DoesNotContain("correct horse", run.Out + run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain(homeKey, run.Out + run.Error, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_batch_that_is_wrong_says_where_and_makes_nothing()
    {
        string csv = Written("nodes.csv", "home,node,ssid,wifi_password\nh17,attic,Home,short\n"u8.ToArray());

        GwResult run = GwProcess.Run("provision", "batch", csv, "--kit", FileIn("kit"), "--broker", "broker.example");

        Assert.Equal($"gw: {csv}:2: wifi_password: has 5 characters, 8–63 are needed for WPA2 and WPA3\n", run.Error);
        Assert.Equal(2, run.ExitCode);
        Assert.False(Directory.Exists(FileIn("kit")));
    }

    [Fact]
    public async Task A_password_that_is_asked_for_is_not_shown_however_quick_the_answer_is()
    {
        // The terminal is a real one; standard output is a file.
        string kit = FileIn("kit"), output = FileIn("out.txt");
        string command = $"dotnet '{Path.Combine(AppContext.BaseDirectory, "Gw.dll")}' provision node h17/attic --kit '{kit}' --broker b.example --ssid Home > '{output}'";
        using Process terminal = Process.Start(new ProcessStartInfo("script", ["-qec", command, "/dev/null"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        try
        {
            var seen = new StringBuilder();
            while (!seen.ToString().EndsWith("Password of the network:", StringComparison.Ordinal))
            {
                int read = await ReadByte(terminal);
                Assert.True(read >= 0, seen.ToString());
                seen.Append((char)read);
            }

            await terminal.StandardInput.WriteAsync("correct horse\r");
            await terminal.StandardInput.FlushAsync();
            for (int read = await ReadByte(terminal); read >= 0; read = await ReadByte(terminal))
            {
                seen.Append((char)read);
            }

            Assert.DoesNotContain("correct", seen + File.ReadAllText(output), StringComparison.Ordinal);
            Assert.Contains("correct horse", File.ReadAllText(Path.Combine(kit, "nodes/attic/network.json")), StringComparison.Ordinal);
        }
        finally
        {
            terminal.Kill(entireProcessTree: true);
        }
    }

    [Theory]
    [InlineData("esp32-c3-devkitm-1")]
    [InlineData("esp32-c5-devkitc-1")]
    [InlineData("esp32-s3-devkitc-1")]
    [InlineData("esp32-wrover")]
    [InlineData("m5stack-core2")]
    public void A_boards_pins_come_from_its_description(string board)
    {
        BoardPins pins = BoardCatalog.BuiltIn.Find(board).Pins;
        string kit = FileIn("kit");

        GwResult run = GwProcess.Run("provision", "node", "h17/attic", "--kit", kit, "--broker", "b", "--ssid", "Home", "--open-wifi", "--board", board);

        Assert.Equal(0, run.ExitCode);
        JsonNode settings = JsonNode.Parse(File.ReadAllText(Path.Combine(kit, "nodes/attic/agent.json")))!;
        Assert.Equal(pins.Light?.Gpio, settings["light"]?["pin"]?.GetValue<int>());
        Assert.Equal(pins.Button?.Gpio, settings["button"]?["pin"]?.GetValue<int>());
        Assert.Equal(pins.Display?.Sda, settings["display"]?["sda"]?.GetValue<int>());
    }

    [Theory]
    [InlineData("provision", "a command is missing: node, batch, import, revoke, broker, wifi. See ./gw provision --help")]
    [InlineData("provision nod", "unknown command 'nod': did you mean 'node'? See ./gw provision --help")]
    [InlineData("provision node h17/attic", "Option '--kit' is required. See ./gw provision node --help")]
    [InlineData("provision node h17/attic --kit k --open-wifi --broker b", "--ssid: name the home's network")]
    [InlineData("provision node h17/.. --kit k --open-wifi --broker b --ssid s", "node: '..' is not 1–64 of A–Z a–z 0–9 . _ -")]
    [InlineData("provision node h17/attic --kit k --open-wifi --broker b:0 --ssid s", "--broker: 'b:0' is not HOST or HOST:PORT with a port within 1–65535. See ./gw provision node --help")]
    [InlineData("provision node h17/attic --kit k --identity token --ssid s", "--identity: 'token' is neither certificate nor password. See ./gw provision node --help")]
    [InlineData("provision node h17/attic --kit k --ssid s", "the network's password is missing: name a file with --wifi-password-file, or say --open-wifi")]
    [InlineData("provision node h17/attic --kit k --open-wifi --broker [2001:db8::1]:8883 --ssid s", "--broker: the runtime of the boards speaks IPv4 only: give the broker's name, or an IPv4 address")]
    [InlineData("provision node h17/attic --kit k --open-wifi --broker b --broker-folder etc/gw --ssid s", "--broker-folder: 'etc/gw' is no whole path, and a broker may start anywhere")]
    [InlineData("provision node h17/attic --kit /dev/null --open-wifi --broker b --ssid s", "'/dev/null' is no folder, and a kit is one")]
    [InlineData("provision revoke attic --kit /nowhere/kit", "/nowhere/kit: no such kit")]
    [InlineData("provision wifi --port /dev/ttyNOSUCH0", "/dev/ttyNOSUCH0: no such port. Plug the board in and see which /dev/ttyUSB* or /dev/ttyACM* appears")]
    public void What_cannot_be_used_is_told_in_a_line(string typed, string problem)
    {
        GwResult run = GwProcess.Run(typed.Split(' '));

        Assert.Equal($"gw: {problem}\n", run.Error);
        Assert.NotEqual(0, run.ExitCode);
    }

    [Fact]
    public void Wifi_goes_to_a_device_that_speaks_improv()
    {
        using var peer = new ImprovPeer(ImprovPeer.Sound);
        string wifi = Written("wifi.txt", "correct horse\n"u8.ToArray());

        GwResult list = GwProcess.Run("provision", "wifi", "--port", peer.Path);
        GwResult join = GwProcess.Run("provision", "wifi", "--port", peer.Path, "--ssid", "Home", "--wifi-password-file", wifi);

        Assert.Equal(" -40 dBm  secured  Käthe's\n -80 dBm  open     Far\n", list.Out);
        Assert.Equal($"gw: {peer.Path}: hall, gateway-agent 1.2 on ESP32-C3\n", join.Error);
        Assert.Equal($"{peer.Path}: the device has joined Home; its page is http://192.168.1.9/\n", join.Out);
    }

    [Fact]
    public void A_networks_name_does_not_command_the_terminal()
    {
        using var peer = new ImprovPeer(packet => packet.Data[0] == (byte)ImprovCommand.RequestNetworks
            ? [ImprovPacket.Result(ImprovCommand.RequestNetworks, "\x1B[2JFree\nWi-Fi", "-40", "NO").Encode(), ImprovPacket.Result(ImprovCommand.RequestNetworks).Encode()]
            : ImprovPeer.Sound(packet));

        Assert.Equal(" -40 dBm  open     \uFFFD[2JFree\uFFFDWi-Fi\n", GwProcess.Run("provision", "wifi", "--port", peer.Path).Out);
    }

    [Fact]
    public void A_device_whose_wifi_is_off_is_asked_for_nothing_more()
    {
        using var peer = new ImprovPeer(_ => [ImprovPeer.State(ImprovState.Stopped)]);

        GwResult run = GwProcess.Run("provision", "wifi", "--port", peer.Path, "--ssid", "Home", "--open-wifi");

        Assert.Equal($"gw: {peer.Path}: the device takes no credentials now: its Wi-Fi is off\n", run.Error);
    }

    [Fact]
    public void A_kit_is_not_changed_by_who_stands_in_it()
    {
        string kit = FileIn("kit");
        Assert.Equal(0, GwProcess.Run("provision", "node", "h17/attic", "--kit", kit, "--broker", "b", "--ssid", "Home", "--open-wifi").ExitCode);

        foreach ((string folder, string name) in (((string, string)[])[(kit, "."), (Path.Combine(kit, "nodes/attic"), "../..")]))
        {
            GwResult run = GwProcess.RunIn(folder, "provision", "node", "h17/hall", "--kit", name, "--ssid", "Home", "--open-wifi");

            Assert.Equal($"gw: {kit} is replaced as a whole: run this from outside it\n", run.Error);
            Assert.Equal(2, run.ExitCode);
        }

        Assert.Equal(["attic"], Directory.EnumerateDirectories(Path.Combine(kit, "nodes")).Select(Path.GetFileName));
    }

    [Fact]
    public void A_broker_on_this_machine_is_told_from_one_that_boards_reach()
    {
        GwResult run = GwProcess.Run("provision", "node", "h17/attic", "--kit", FileIn("kit"), "--broker", "localhost", "--ssid", "Home", "--open-wifi");

        Assert.Contains("localhost is this machine itself: to a board it is the board", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_that_cannot_be_joined_is_a_problem_found()
    {
        using var peer = new ImprovPeer(packet =>
            packet.Data[0] == (byte)ImprovCommand.SendWifi ? [ImprovPeer.Error(ImprovError.UnableToConnect)] : ImprovPeer.Sound(packet));

        GwResult run = GwProcess.Run("provision", "wifi", "--port", peer.Path, "--ssid", "Home", "--open-wifi");

        Assert.EndsWith("the device cannot join the network: wrong password, out of reach, or on a band it does not have\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.ExitCode);
    }

    private static async Task<int> ReadByte(Process process)
    {
        byte[] one = new byte[1];
        using var end = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        return await process.StandardOutput.BaseStream.ReadAsync(one, end.Token) == 0 ? -1 : one[0];
    }
}
