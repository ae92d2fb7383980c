using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using GatewayAgent.Hardware.Boards;
using GatewayAgent.Hardware.Flashing;
using GatewayAgent.StandIns;
using GatewayAgent.Tests.Gw;

namespace GatewayAgent.Tests.Hardware;

/// <summary><c>gw flash --simulate</c>: the steps of any flash, and nothing outside its folder. With a node: FirstHourTests.</summary>
public sealed class SimulatedFlashTests : GwFolder
{
    public static TheoryData<string> Boards => HardwareFolder.Boards;

    [Theory]
    [MemberData(nameof(Boards))]
    public void Every_step_of_every_board_is_done_and_says_that_it_is_simulated(string id)
    {
        GwResult done = Simulate(id);

        Assert.True(done.ExitCode == 0, done.Error);
        Assert.StartsWith($"gw: simulated: no board is touched: {BoardCatalog.BuiltIn.Find(id).Name} ", done.Error, StringComparison.Ordinal);
        Assert.All(FlashSteps.All, step => Assert.Contains($"gw: [{(int)step + 1,2}/11 simulated] {step.Title()}", done.Error, StringComparison.Ordinal));
        Assert.EndsWith("gw:       the board has no node's settings: give it --files and --network of ./gw provision, and it runs the node\n", done.Error, StringComparison.Ordinal);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_nanoff_that_is_installed_is_not_run()
    {
        Directory.CreateDirectory(FileIn("path"));
        foreach (string tool in (string[])["nanoff", "esptool"])
        {
            string trap = Written($"path/{tool}", Encoding.UTF8.GetBytes("#!/bin/sh\ntouch \"$0.was-run\"\n"));
            File.SetUnixFileMode(trap, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        Assert.Equal(0, Simulate("esp32-c3-devkitm-1").ExitCode);

        Assert.Equal(["esptool", "nanoff"], Directory.GetFiles(FileIn("path")).Select(Path.GetFileName).Order());
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Its_folder_is_its_owners_alone_and_no_stand_in_in_it_has_a_real_tools_name()
    {
        Simulate("esp32-c3-devkitm-1");

        string board = Assert.Single(Directory.GetDirectories(FileIn("boards")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(board));
        Assert.Equal(["simulated-esptool", "simulated-nanoff"], new DirectoryInfo(board).GetFiles().Where(file => file.UnixFileMode.HasFlag(UnixFileMode.UserExecute)).Select(file => file.Name).Order());
    }

    [Fact]
    public void Without_a_folder_it_is_kept_with_the_users_data_also_when_there_is_none_yet()
    {
        Assert.Equal(0, Gw("flash", "--simulate", "esp32-c3-devkitm-1", "--yes").ExitCode);

        Assert.True(Directory.Exists(FileIn("user data/gateway-agent/simulated/esp32-c3-devkitm-1-MINI-1")));
    }

    [Fact]
    public void An_agent_that_is_named_is_compared_as_for_a_board()
    {
        Directory.CreateDirectory(FileIn("pe"));
        Dictionary<string, byte[]> agent = PeBuilder.Agent();
        agent["nanoFramework.M2Mqtt"] = PeBuilder.Make("nanoFramework.M2Mqtt", "5.1.199.0");
        foreach ((string name, byte[] bytes) in agent)
        {
            Written($"pe/{name}.pe", bytes);
        }

        GwResult refused = Simulate("esp32-c3-devkitm-1", "--image", FileIn("pe"));

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("nanoFramework.M2Mqtt 5.1.199.0: the lock has 5.1.220", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--port", "/dev/ttyUSB0")]
    [InlineData("--board", "esp32-wrover")]
    [InlineData("--runtime", "nanoCLR.bin")]
    [InlineData("--dry-run")]
    public void What_is_for_a_board_does_not_go_with_it(params string[] option)
    {
        GwResult refused = Simulate("esp32-c3-devkitm-1", option);
        Assert.Equal((2, $"gw: --simulate is without a board, {option[0]} is for one: leave one of them out\n"), (refused.ExitCode, refused.Error));
    }

    [Theory]
    [InlineData("{", "agent.json: missing or not JSON")]
    [InlineData("""{"home":"h","node":"n","windowSeconds":1}""", "brokerHost: must not be empty")]
    public void Settings_that_the_agent_cannot_use_it_says_itself(string settings, string told)
    {
        Written("agent.json", Encoding.UTF8.GetBytes(settings));
        string files = Written("files.json", """{"Files":[{"DestinationFilePath":"I:\\agent.json","SourceFilePath": "agent.json"}]}"""u8.ToArray());
        string network = Written("network.json", """{"WirelessClient":{"Ssid":"lab"}}"""u8.ToArray());

        GwResult failed = Simulate("esp32-c3-devkitm-1", "--files", files, "--network", network);

        Assert.Equal(1, failed.ExitCode);
        Assert.Contains($"gw: watch the first start: not provisioned: {told}\n", failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_at_once_on_one_board_are_refused()
    {
        Simulate("esp32-c3-devkitm-1");
        string board = Assert.Single(Directory.GetDirectories(FileIn("boards")));
        using var other = new FileStream(Path.Combine(board, "lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        GwResult refused = Simulate("esp32-c3-devkitm-1");

        Assert.Equal((2, $"gw: another run has the simulated board {board}: end it, or name another --folder\n"), (refused.ExitCode, refused.Error));
    }

    private GwResult Simulate(string board, params string[] more) => Gw(["flash", "--simulate", board, "--folder", FileIn("boards"), "--yes", .. more]);

    private GwResult Gw(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Gw.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["XDG_DATA_HOME"] = FileIn("user data");
        start.Environment["PATH"] = $"{FileIn("path")}:{Environment.GetEnvironmentVariable("PATH")}";
        using Process gw = Process.Start(start)!;
        gw.StandardInput.Close();
        Task<string> error = gw.StandardError.ReadToEndAsync();
        string output = gw.StandardOutput.ReadToEnd();
        gw.WaitForExit();
        return new GwResult(gw.ExitCode, output, error.Result);
    }
}
