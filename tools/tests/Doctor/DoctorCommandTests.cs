using GatewayAgent.Mosquitto;
using GatewayAgent.Tests.Gw;
using GatewayAgent.Tests.Support;

namespace GatewayAgent.Tests.Doctor;

/// <summary><c>gw doctor</c>, <c>gw monitor</c> and <c>gw factory</c> as they are typed.</summary>
public sealed class DoctorCommandTests : GwFolder
{
    [BrokerFact]
    public void A_fault_ends_with_1_and_is_said_first()
    {
        using var bench = new DoctorBench();
        MosquittoBroker broker = bench.Broker();

        GwResult result = GwProcess.Run("doctor", "h17/attic", "--broker", $"127.0.0.1:{broker.Port}", "--listen", "2");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("topic: the broker has never heard of h17/attic\n  how it is known: ", result.Out, StringComparison.Ordinal);
        Assert.Empty(result.Error);
    }

    [BrokerFact]
    public void A_node_that_is_well_ends_with_0()
    {
        using var bench = new DoctorBench();
        MosquittoBroker broker = bench.Broker();
        bench.Retain(broker, "h17/attic", DoctorBench.Birth);
        bench.ReportWhenAsked(broker, DoctorBench.FreshReport());

        GwResult result = GwProcess.Run("doctor", "h17/attic", "--broker", $"127.0.0.1:{broker.Port}", "--ask", "--json");

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("""{"node":"h17/attic","checks":[{"name":"serial port","outcome":"unknown",""", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("doctor", "give it something to look at")]
    [InlineData("doctor", "--broker", "b", "name the node, HOME/NODE")]
    [InlineData("doctor", "h/n", "--broker", "b", "--restart", "--restart belongs to --port")]
    [InlineData("doctor", "h/n", "--store", "s", "--ask", "--ask needs --broker or --files")]
    [InlineData("doctor", "h/n", "--collector", "localhost:80", "--collector: 'localhost:80' is not a URL")]
    [InlineData("doctor", "h/n", "--port", "p", "--baud", "12345", "'12345' is no speed of a serial port")]
    [InlineData("factory", "h/n", "--broker", "b", "--limits", "no-such-file.json", "no such file")]
    [InlineData("factory", "h/n", "--broker", "b", "--limits", "l", "--skip", "buton", "buton")]
    public void What_cannot_be_meant_is_said_in_a_line(params string[] typed)
    {
        GwResult result = GwProcess.Run(typed[..^1]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(typed[^1], result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_monitor_shows_what_the_board_says_and_what_it_means()
    {
        using var bench = new DoctorBench();
        string port = bench.Board(true, "Starting...", "gateway-agent 1.0.0: not provisioned: home: must not be empty");
        using GwProcess monitor = GwProcess.Start("monitor", "--port", port);

        monitor.WaitFor(() => monitor.Out.Contains("waits for settings", StringComparison.Ordinal), "the meaning");
        monitor.Terminate();
        GwResult result = monitor.WaitForEnd();

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("the runtime answers: its log is on", result.Error, StringComparison.Ordinal);
        Assert.Matches(@"\d\d:\d\d:\d\d\.\d{3}  E  gateway-agent 1\.0\.0: not provisioned: home: must not be empty\n +→ the agent 1\.0\.0 waits", result.Out);
    }

    [Fact]
    public void Raw_bytes_are_left_alone_and_nothing_is_sent()
    {
        using var line = new PseudoTerminal();
        using GwProcess monitor = GwProcess.Start("monitor", "--port", line.Path, "--raw");
        byte[] sent = new byte[1];

        // What is written before the port is open is dropped by its opening.
        monitor.WaitFor(
            () =>
            {
                line.Write("ets Jun  8 2016\n"u8);
                return monitor.Out.Contains("ets Jun  8 2016", StringComparison.Ordinal);
            },
            "the bytes");
        monitor.Terminate();

        Assert.Equal(0, monitor.WaitForEnd().ExitCode);
        Assert.Equal(0, line.Read(sent, TimeSpan.Zero));
    }

    [Fact]
    public void A_port_that_is_not_there_ends_the_monitor_with_the_reason()
    {
        GwResult result = GwProcess.Run("monitor", "--port", "/dev/ttyUSB-none");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("/dev/ttyUSB-none: no such port", result.Error, StringComparison.Ordinal);
    }
}
