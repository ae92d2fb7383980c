using System.Diagnostics;
using System.Reflection;
using GatewayAgent.Collector;
using GatewayAgent.Gw.Collecting;
using GatewayAgent.Gw.Commands;

namespace GatewayAgent.Gw.Supervision;

/// <summary>
/// <c>gw collect</c> as a process of its own. It lives for its parent: it ends in order when its standard input ends, which is also what
/// happens when the parent is killed.
/// </summary>
internal sealed class CollectorChild : IChild
{
    private static readonly TimeSpan _exitTime = TimeSpan.FromSeconds(15);

    private readonly string[] _arguments;
    private readonly ManualResetEventSlim _connected = new();
    private Process _process;
    private volatile string _lastWords = "";

    /// <param name="arguments">Of <c>gw collect</c>.</param>
    public CollectorChild(IEnumerable<string> arguments)
    {
        _arguments = ["collect", .. arguments, CollectCommand.UntilInputEnds];
        _process = Launch();
    }

    public string Name => "collector";

    public int ProcessId => _process.Id;

    public bool IsRunning => !_process.HasExited;

    /// <summary>Set once it has subscribed at the broker.</summary>
    public WaitHandle Connected => _connected.WaitHandle;

    public string LastWords => _lastWords;

    public int? Refusal => _process is { HasExited: true, ExitCode: ExitCode.Usage or ExitCode.Missing } ? _process.ExitCode : null;

    public void Restart()
    {
        _process.Dispose();
        _process = Launch();
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(_exitTime))
        {
            _process.Kill();
        }

        // Without a time limit it also waits for the last line.
        _process.WaitForExit();
        _process.Dispose();
        _connected.Dispose();
    }

    private Process Launch()
    {
        string self = Environment.ProcessPath!;
        bool isHosted = Path.GetFileNameWithoutExtension(self) == "dotnet";
        IEnumerable<string> arguments = isHosted ? [Assembly.GetExecutingAssembly().Location, .. _arguments] : _arguments;
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(self, arguments) { RedirectStandardInput = true, RedirectStandardError = true },
        };
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Start();
        process.BeginErrorReadLine();
        return process;
    }

    private void Hear(string? line)
    {
        if (line == null)
        {
            return;
        }

        _lastWords = line;
        if (line.Contains(CollectorLog.Word(CollectorEventKind.Connected), StringComparison.Ordinal))
        {
            _connected.Set();
        }
    }
}
