using System.Diagnostics;
using System.Text;

namespace GatewayAgent.Tests.Gw;

/// <summary>What a <c>gw</c> left behind.</summary>
internal sealed record GwResult(int ExitCode, string Out, string Error)
{
    public string LastLine => Out.TrimEnd('\n').Split('\n')[^1];
}

/// <summary>The built <c>gw</c> as people run it. Ended with its children when the test ends.</summary>
internal sealed class GwProcess : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan _pollInterval = TimeSpan.FromMilliseconds(20);

    private readonly Process _process;
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();

    private GwProcess(string[] arguments, string folder = "")
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Gw.dll");
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [program, .. arguments])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = Encoding.UTF8,
                StandardErrorEncoding = Encoding.UTF8,
                WorkingDirectory = folder,
            },
        };
        _process.OutputDataReceived += (_, line) => Append(_out, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_error, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    /// <summary>Standard output so far.</summary>
    public string Out => Read(_out);

    /// <summary>Standard error so far.</summary>
    public string Error => Read(_error);

    public static GwProcess Start(params string[] arguments) => new(arguments);

    public static GwResult Run(params string[] arguments) => RunWithInput([], arguments);

    /// <summary>The same, standing in a folder.</summary>
    public static GwResult RunIn(string folder, params string[] arguments)
    {
        using var gw = new GwProcess(arguments, folder);
        gw._process.StandardInput.Close();
        return gw.WaitForEnd();
    }

    public static GwResult RunWithInput(byte[] input, params string[] arguments)
    {
        using var gw = new GwProcess(arguments);
        gw._process.StandardInput.BaseStream.Write(input);
        gw._process.StandardInput.Close();
        return gw.WaitForEnd();
    }

    public GwResult WaitForEnd()
    {
        if (!_process.WaitForExit(_patience))
        {
            throw new TimeoutException($"gw did not end; it said:\n{Error}");
        }

        _process.WaitForExit();
        return new GwResult(_process.ExitCode, Read(_out), Error);
    }

    /// <summary>The process id in a line such as <c>the broker is process 17</c>.</summary>
    public int ChildId(string child)
    {
        string start = $"gw: the {child} is process ";
        WaitFor(() => Error.Contains(start, StringComparison.Ordinal), $"\"{start}\"");
        return int.Parse(Error.Split('\n').First(line => line.StartsWith(start, StringComparison.Ordinal))[start.Length..]);
    }

    /// <summary>Polls until something is so; fails when it does not come to be, or when gw ends first.</summary>
    public void WaitFor(Func<bool> isSo, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!isSo())
        {
            if (watch.Elapsed > _patience || _process.HasExited)
            {
                throw new TimeoutException($"waited in vain for {what}; gw said:\n{Error}");
            }

            Thread.Sleep(_pollInterval);
        }
    }

    public void Terminate() => Signal("TERM", Id);

    /// <summary>SIGKILL, to it alone.</summary>
    public void Kill() => _process.Kill();

    public static void Signal(string name, int processId)
    {
        // The shell's own kill: a bare Debian has no other.
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{name} {processId}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    public static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line != null)
        {
            lock (text)
            {
                text.Append(line).Append('\n');
            }
        }
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
