using GatewayAgent.Hardware.Boards;
using GatewayAgent.Hardware.Flashing;
using GatewayAgent.Mosquitto;
using GatewayAgent.Protocol;
using GatewayAgent.Tests.Doctor;
using GatewayAgent.Tests.Gw;
using GatewayAgent.Tests.Hardware.Bench;
using GatewayAgent.Tests.Support;
using Google.Protobuf;
using static GatewayAgent.Tests.Hardware.Bench.GwFlash;

namespace GatewayAgent.Tests.Hardware;

/// <summary><c>gw flash</c> as people type it, with the bench's stand-ins on the PATH.</summary>
public sealed class FlashCommandTests
{
    public static IEnumerable<object[]> Modules => BoardCatalog.BuiltIn.Boards.SelectMany(board => board.Modules.Select(module => (object[])[board.Id, module.Id]));

    [Theory]
    [MemberData(nameof(Modules))]
    public void A_dry_run_looks_at_no_board_and_its_lines_do_it_when_a_shell_runs_them(string id, string module)
    {
        using var bench = new FlashBench(id, module);
        GwResult dry = Flash(bench, "--dry-run", "--folder", bench.At("it's kept"));
        Assert.Equal((0, ""), (dry.ExitCode, dry.Error));
        Assert.Empty(bench.Calls);
        Assert.StartsWith($"# {bench.Board.Name} {bench.Module.Id}: {bench.Module.Image} 1.17.0, the agent at 0x{bench.Module.Deployment.Offset:X}\n", dry.Out, StringComparison.Ordinal);

        // The first question to the runtime is to fail on a bare board, as gw knows.
        (int exitCode, string error) = Shell(bench, dry.Out);
        Assert.True(exitCode == 0, error);
        Assert.Equal($"{bench.Module.Image} 1.17.0.100; agent of 27 assemblies; agent.json+ca.pem; network", bench.BoardNow());
    }

    [Fact]
    public void A_dry_run_wants_a_board_to_be_named()
    {
        using var bench = new FlashBench();
        GwResult dry = Start(bench, "flash", "--dry-run", "--image", Image(bench));
        Assert.Equal((2, "gw: --dry-run looks at no board: name it with --board\n"), (dry.ExitCode, dry.Error));
    }

    [Fact]
    public void Every_step_is_shown_and_a_failure_says_what_the_board_is_and_how_to_go_on()
    {
        using var bench = new FlashBench();
        bench.Fail("network", 1, "2002");
        GwResult failed = Flash(bench, "--yes");
        Assert.Equal(1, failed.ExitCode);
        Assert.EndsWith(
            "gw: put the network's settings there: E2002: the runtime on the board refused: reset the board and try again (nanoff: Error executing operation with nano device.)\n"
            + "There is no agent on the board until this is finished: it does nothing, and no node is half configured.\n"
            + "    The same command goes on from here.\n",
            failed.Error,
            StringComparison.Ordinal);
        bench.Repair();
        GwResult done = Flash(bench, "--yes");
        Assert.Equal(0, done.ExitCode);
        Assert.All(FlashSteps.All, step => Assert.Contains($"[{(int)step + 1,2}/11] {step.Title()}", done.Error, StringComparison.Ordinal));
        Assert.Contains("[ 5/11] write the runtime: done by an earlier run", done.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_nanoff_it_says_how_to_get_it()
    {
        using var bench = new FlashBench();
        File.Delete(bench.At("nanoff"));
        GwResult refused = Flash(bench, "--yes");
        Assert.Equal((3, "gw: nanoff is not installed: dotnet tool install -g nanoff (and put ~/.dotnet/tools on the PATH)\n"), (refused.ExitCode, refused.Error));
    }

    [Fact]
    public void Where_nobody_can_be_asked_yes_is_to_be_said()
    {
        using var bench = new FlashBench();
        GwResult refused = Flash(bench);
        Assert.Equal(2, refused.ExitCode);
        Assert.EndsWith("gw: nobody is here to confirm: say --yes\n", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("update", bench.Calls);
    }

    [Fact]
    public void Broker_and_node_go_together()
    {
        using var bench = new FlashBench();
        GwResult refused = Flash(bench, "--broker", "localhost");
        Assert.Equal((2, "gw: --broker and --node: give both or neither\n"), (refused.ExitCode, refused.Error));
    }

    [BrokerFact]
    public void The_nodes_own_birth_ends_the_run_and_one_that_was_kept_from_before_does_not()
    {
        using var bench = new FlashBench();
        using MosquittoBroker broker = MosquittoBroker.Start();
        using var node = new MosquittoClient(new MosquittoOptions { Host = "127.0.0.1", Port = broker.Port });
        node.Connect(TimeSpan.FromSeconds(15));
        Publish(node, 1);
        GwResult late = Flash(bench, "--yes", "--broker", $"127.0.0.1:{broker.Port}", "--node", "h1/attic", "--wait", "1");
        Assert.Equal(1, late.ExitCode);
        Assert.Contains("watch the first start: the node did not come to its broker within 1 s: the board does not say why, or this user may not read of the node", late.Error, StringComparison.Ordinal);
        Assert.Contains("the board cannot be heard: /dev/ttyBENCH: no such port", late.Error, StringComparison.Ordinal);
        Publish(node, 2);
        GwResult done = Flash(bench, "--yes", "--broker", $"127.0.0.1:{broker.Port}", "--node", "h1/attic", "--wait", "60");
        Assert.Equal(0, done.ExitCode);
        Assert.EndsWith($"gw:       h1/attic at 127.0.0.1:{broker.Port} is online: agent 0.1.0, native radio V1, boot 00000002\n", done.Error, StringComparison.Ordinal);
    }

    [BrokerFact]
    public void A_node_that_does_not_come_is_explained_by_what_its_board_says()
    {
        using var bench = new FlashBench();
        using MosquittoBroker broker = MosquittoBroker.Start();
        using var board = new FakeBoard(true, "mqtt: no way there (network unreachable)", "gateway-agent 0.1.0: not provisioned: brokerHost: must not be empty");
        GwResult late = Flash(bench, "--yes", "--port", board.Path, "--broker", $"127.0.0.1:{broker.Port}", "--node", "h1/attic", "--wait", "10");
        Assert.Equal(1, late.ExitCode);
        Assert.Contains("  E  mqtt: no way there (network unreachable)\n", late.Error, StringComparison.Ordinal);
        Assert.Contains(
            "gw: watch the first start: the node did not come to its broker within 10 s: the agent 0.1.0 waits for settings it can use: brokerHost: must not be empty. What to do: put it right",
            late.Error,
            StringComparison.Ordinal);
        Assert.Contains("The agent is on the board, and loaded.", late.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_node_the_first_start_is_heard_on_the_cable_and_is_no_reason_to_fail()
    {
        using var bench = new FlashBench();
        using var board = new FakeBoard(true, "radio: stock image, no channels: no native assembly");
        GwResult done = Flash(bench, "--yes", "--port", board.Path, "--listen", "10");
        Assert.Equal(0, done.ExitCode);
        Assert.Contains("gw:       the runtime answers: its log is on\n", done.Error, StringComparison.Ordinal);
        Assert.Contains("  i  radio: stock image, no channels: no native assembly\n", done.Error, StringComparison.Ordinal);
        Assert.EndsWith("gw:       the board said nothing of a fault. Whether the node comes to its broker: --broker and --node, or ./gw doctor\n", done.Error, StringComparison.Ordinal);
    }

    private static void Publish(MosquittoClient node, uint boot)
    {
        using var published = new ManualResetEventSlim();
        node.Published += _ => published.Set();
        var birth = new State { Status = State.Types.Status.Online, BootId = boot, AgentVersion = "0.1.0", RadioAbi = 1 };
        node.Publish(Topics.Format("h1", "attic", Topics.State), birth.ToByteArray(), retain: true);
        Assert.True(published.Wait(TimeSpan.FromSeconds(15)));
    }
}
