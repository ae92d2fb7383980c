using System.Runtime.Versioning;
using System.Text;
using GatewayAgent.Mosquitto;
using GatewayAgent.Tests.Support;

namespace GatewayAgent.Tests.Gw.FirstHour;

/// <summary>docs/first-hour.md, walked: its commands are run in its order, and what it shows of their output has to come.</summary>
public sealed class FirstHourTests : GwFolder
{
    private static readonly string _page = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "docs", "first-hour.md"));

    [BrokerFact]
    [UnsupportedOSPlatform("windows")]
    public void It_goes_as_it_is_written()
    {
        // As ./gw of a clone, without its look for what has to be built.
        string gw = Written("gw", Encoding.UTF8.GetBytes($"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "Gw.dll")}' \"$@\"\n"));
        File.SetUnixFileMode(gw, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string page = _page
            .Replace("/usr/sbin/mosquitto", "PATH=$PATH:/usr/sbin:/usr/local/sbin mosquitto", StringComparison.Ordinal)
            .Replace("8883", $"{LoopbackPort.Find()}", StringComparison.Ordinal)
            .Replace("8080", $"{LoopbackPort.Find()}", StringComparison.Ordinal);
        var open = new Dictionary<string, Terminal>();
        try
        {
            foreach (WalkStep step in WalkPage.Read(page))
            {
                foreach (string ended in step.Ends)
                {
                    open[ended].Interrupt();
                    open.Remove(ended, out Terminal? closed);
                    closed!.Dispose();
                }

                Walk(step, open);
                foreach ((string terminal, IReadOnlyList<string> lines) in step.Said)
                {
                    open[terminal].Await(lines);
                }
            }
        }
        finally
        {
            foreach (Terminal terminal in open.Values)
            {
                terminal.Dispose();
            }
        }
    }

    private void Walk(WalkStep step, Dictionary<string, Terminal> open)
    {
        var terminal = new Terminal(FileIn("."), step.Commands);
        if (step.Terminal != null)
        {
            open.Add(step.Terminal, terminal);
            terminal.Await(step.Shown);
            return;
        }

        using (terminal)
        {
            Assert.True(terminal.End() == step.ExitCode, $"{step.Commands}\n{terminal.Output}");
            Assert.True(terminal.Missing(step.Shown) is null, $"{step.Commands}: no {terminal.Missing(step.Shown)} in\n{terminal.Output}");
        }
    }
}
