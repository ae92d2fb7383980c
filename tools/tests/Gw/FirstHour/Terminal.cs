using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace GatewayAgent.Tests.Gw.FirstHour;

/// <summary>A shell that runs some lines, and what comes out of it.</summary>
internal sealed class Terminal : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(50);

    private readonly Process _shell;
    private readonly List<string> _lines = [];

    /// <param name="folder">Where it runs, and the home of its user.</param>
    /// <param name="commands">Lines for the shell.</param>
    public Terminal(string folder, string commands)
    {
        var start = new ProcessStartInfo("setsid", ["bash", "-c", commands])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["XDG_DATA_HOME"] = Path.Combine(folder, "user data");
        _shell = Process.Start(start)!;
        _shell.StandardInput.Close();
        _shell.OutputDataReceived += (_, line) => Add(line.Data);
        _shell.ErrorDataReceived += (_, line) => Add(line.Data);
        _shell.BeginOutputReadLine();
        _shell.BeginErrorReadLine();
    }

    public string Output
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    /// <returns>Its exit code.</returns>
    public int End()
    {
        Assert.True(_shell.WaitForExit(_patience), $"did not end:\n{Output}");
        _shell.WaitForExit();
        return _shell.ExitCode;
    }

    /// <summary>Waits until all of these have been printed, in this order.</summary>
    public void Await(IReadOnlyList<string> patterns)
    {
        var watch = Stopwatch.StartNew();
        while (Missing(patterns) is { } missing)
        {
            Assert.False(_shell.HasExited, $"ended without {missing}:\n{Output}");
            Assert.True(watch.Elapsed < _patience, $"no {missing} in:\n{Output}");
            Thread.Sleep(_look);
        }
    }

    /// <summary>The first of these that was not printed in its place; null = all were.</summary>
    public string? Missing(IReadOnlyList<string> patterns)
    {
        string[] lines = Output.Split('\n');
        int at = 0;
        foreach (string pattern in patterns)
        {
            int found = Array.FindIndex(lines, at, line => Regex.IsMatch(line, pattern));
            if (found < 0)
            {
                return pattern;
            }

            at = found + 1;
        }

        return null;
    }

    /// <summary>As Ctrl-C: everything in it is asked to end.</summary>
    public void Interrupt()
    {
        GwProcess.Signal("TERM", -_shell.Id);
        End();
    }

    public void Dispose()
    {
        if (!_shell.HasExited)
        {
            _shell.Kill(entireProcessTree: true);
        }

        _shell.Dispose();
    }

    private void Add(string? line)
    {
        if (line != null)
        {
            lock (_lines)
            {
                _lines.Add(line);
            }
        }
    }
}
