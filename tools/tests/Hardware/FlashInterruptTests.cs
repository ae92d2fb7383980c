using System.Diagnostics;
using System.Text;
using GatewayAgent.Tests.Gw;
using GatewayAgent.Tests.Hardware.Bench;
using GatewayAgent.Tests.Support;
using static GatewayAgent.Tests.Hardware.Bench.GwFlash;

namespace GatewayAgent.Tests.Hardware;

/// <summary>A <c>gw flash</c> that is ended from outside, in any of its steps.</summary>
public sealed class FlashInterruptTests
{
    private const string Finished = "ESP32_C3 1.17.0.100; agent of 27 assemblies; agent.json+ca.pem; network";

    [Theory]
    [InlineData("deploy", 1, "no runtime; no agent; no files; no network")]
    [InlineData("update", 1, "ESP32_C3 1.17.0.100; no agent; no files; no network")]
    [InlineData("files", 1, "ESP32_C3 1.17.0.100; no agent; agent.json+ca.pem; no network")]
    [InlineData("network", 1, "ESP32_C3 1.17.0.100; no agent; agent.json+ca.pem; network")]
    [InlineData("deploy", 2, Finished)]
    public void An_interrupt_lets_a_write_come_to_its_end_and_the_next_run_goes_on(string operation, int nth, string left)
    {
        using var bench = new FlashBench();
        bench.Fail(operation, nth, "slow");
        using Process gw = Begin(bench, Arguments(bench, "--yes"));
        StringBuilder error = Listen(gw);
        WaitFor(() => bench.Calls.Count(call => call == operation) == nth, gw);

        // As Ctrl-C, which a program started in the background does not hear.
        GwProcess.Signal("TERM", gw.Id);
        WaitFor(() => Read(error).Contains("that is finished first", StringComparison.Ordinal), gw);
        bench.Put("go", "");
        Assert.Equal(130, End(gw, error));
        Assert.Contains("gw: stopped; the same command goes on from here", Read(error), StringComparison.Ordinal);
        Assert.Equal(left, bench.BoardNow());
        bench.Repair();
        Assert.Equal(0, Flash(bench, "--yes").ExitCode);
        Assert.Equal(Finished, bench.BoardNow());
        Assert.Single(bench.Calls, "update");
    }

    [Theory]
    [InlineData("chip", 1)]
    [InlineData("fetch", 1)]
    [InlineData("backup", 1)]
    [InlineData("runtime", 1)]
    [InlineData("runtime", 2)]
    public void An_interrupt_ends_what_only_reads_at_once_and_the_next_run_goes_on(string operation, int nth)
    {
        using var bench = new FlashBench();
        bench.Fail(operation, nth, "hang");
        using Process gw = Begin(bench, Arguments(bench, "--yes"));
        StringBuilder error = Listen(gw);
        WaitFor(() => bench.Calls.Count(call => call == operation) == nth, gw);
        GwProcess.Signal("TERM", gw.Id);
        Assert.Equal(130, End(gw, error));
        bench.Repair();
        Assert.Equal(0, Flash(bench, "--yes").ExitCode);
        Assert.Equal(Finished, bench.BoardNow());
    }

    [Theory]
    [InlineData("chip", 1, "no runtime; no agent; no files; no network")]
    [InlineData("fetch", 1, "no runtime; no agent; no files; no network")]
    [InlineData("backup", 1, "no runtime; no agent; no files; no network")]
    [InlineData("deploy", 1, "no runtime; no agent; no files; no network")]
    [InlineData("update", 1, "ESP32_C3 1.17.0.100; no agent; no files; no network")]
    [InlineData("runtime", 1, "ESP32_C3 1.17.0.100; no agent; no files; no network")]
    [InlineData("files", 1, "ESP32_C3 1.17.0.100; no agent; agent.json+ca.pem; no network")]
    [InlineData("network", 1, "ESP32_C3 1.17.0.100; no agent; agent.json+ca.pem; network")]
    [InlineData("deploy", 2, Finished)]
    [InlineData("runtime", 2, Finished)]
    public void A_run_that_is_killed_in_any_step_is_gone_on_with(string operation, int nth, string left)
    {
        using var bench = new FlashBench();
        bench.Fail(operation, nth, "slow");
        using (Process gw = Begin(bench, Arguments(bench, "--yes")))
        {
            WaitFor(() => bench.Calls.Count(call => call == operation) == nth, gw);
            gw.Kill();
            gw.WaitForExit();
        }

        // nanoff knows nothing of it, and ends by itself.
        bench.Put("go", "");
        Assert.True(SpinWait.SpinUntil(() => bench.Ended == bench.Calls.Length, TimeSpan.FromMinutes(1)));
        Assert.Equal(left, bench.BoardNow());
        bench.Repair();
        GwResult done = Flash(bench, "--yes");
        Assert.True(done.ExitCode == 0, done.Error);
        Assert.Equal(Finished, bench.BoardNow());
    }

    [Fact]
    public void An_interrupt_at_the_question_is_no_answer_and_is_heard_at_once()
    {
        using var bench = new FlashBench();
        using var terminal = new PseudoTerminal();
        using Process gw = BeginAt(terminal, bench);
        StringBuilder error = Listen(gw);
        WaitFor(() => bench.Calls.Contains("backup") && bench.Ended == bench.Calls.Length, gw);
        GwProcess.Signal("TERM", gw.Id);
        Assert.Equal(130, End(gw, error));
        Assert.Equal("no runtime; no agent; no files; no network", bench.BoardNow());
    }

    [Theory]
    [InlineData("n\n", 2, "gw: not confirmed: nothing was written, and the same command goes on from here\n")]
    [InlineData("y\n", 0, "ESP32_C3 1.17.0.100 and the agent onto ESP32-C3-DevKitM-1 at /dev/ttyBENCH, after erasing all of it? [y/N] ")]
    public void An_answer_is_taken_from_the_terminal(string answer, int exitCode, string told)
    {
        using var bench = new FlashBench();
        using var terminal = new PseudoTerminal();
        terminal.Write(Encoding.UTF8.GetBytes(answer));
        using Process gw = BeginAt(terminal, bench);
        StringBuilder error = Listen(gw);
        Assert.True(End(gw, error) == exitCode, Read(error));
        Assert.Contains(told, Read(error), StringComparison.Ordinal);
        Assert.Equal(exitCode == 0 ? Finished : "no runtime; no agent; no files; no network", bench.BoardNow());
    }

    private static Process BeginAt(PseudoTerminal terminal, FlashBench bench) =>
        Begin(bench, "bash", ["-c", $"exec dotnet '{Path.Combine(AppContext.BaseDirectory, "Gw.dll")}' \"$@\" <>{terminal.Path}", "gw", .. Arguments(bench)]);

    private static StringBuilder Listen(Process gw)
    {
        var error = new StringBuilder();
        gw.ErrorDataReceived += (_, line) =>
        {
            lock (error)
            {
                error.AppendLine(line.Data);
            }
        };
        gw.BeginErrorReadLine();
        gw.BeginOutputReadLine();
        return error;
    }

    private static int End(Process gw, StringBuilder error)
    {
        if (!gw.WaitForExit(TimeSpan.FromMinutes(2)))
        {
            gw.Kill(entireProcessTree: true);
            Assert.Fail($"did not end: {Read(error)}");
        }

        gw.WaitForExit();
        return gw.ExitCode;
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
