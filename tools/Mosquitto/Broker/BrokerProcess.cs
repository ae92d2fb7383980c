using System.Diagnostics;

namespace GatewayAgent.Mosquitto;

/// <summary>A running mosquitto. It dies with us, however we die: setpriv (util-linux) asks the kernel for that.</summary>
internal sealed class BrokerProcess : IDisposable
{
    private const int LogLines = 40;

    // How lines of its log begin that tell of a message its access list does not allow.
    private const string DenialLine = "Denied ";
    private static readonly TimeSpan _exitTime = TimeSpan.FromSeconds(10);

    private readonly Action<string>? _denied;
    private readonly Process _process;
    private readonly Queue<string> _log = new();
    private readonly ManualResetEventSlim _launched = new();
    private readonly Thread _keeper;
    private Exception? _launchFault;

    /// <param name="configuration">Path of mosquitto.conf.</param>
    /// <param name="denied">Told of lines about a message that was denied.</param>
    public BrokerProcess(string configuration, Action<string>? denied)
    {
        _denied = denied;
        _process = new Process { StartInfo = Command(configuration) };
        _process.ErrorDataReceived += (_, e) => Remember(e.Data);

        // The kernel's promise is tied to the thread that starts the child, so that thread lives as long as the child.
        _keeper = new Thread(Keep) { IsBackground = true, Name = "mosquitto" };
        _keeper.Start();
        _launched.Wait();
        if (_launchFault != null)
        {
            throw new MosquittoException($"cannot start mosquitto: {_launchFault.Message}", inner: _launchFault);
        }
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>The last lines the broker wrote.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return string.Join(Environment.NewLine, _log);
            }
        }
    }

    /// <summary>Sends a signal that lets the broker live on.</summary>
    public void Signal(int signal) => _ = SystemCalls.Kill(_process.Id, signal);

    /// <summary>Asks the broker to end, so that it saves what is persistent.</summary>
    public void Terminate()
    {
        Signal(SystemCalls.SigTerm);
        if (!_keeper.Join(_exitTime))
        {
            Kill();
        }
    }

    /// <summary>SIGKILL; returns when the broker is gone.</summary>
    public void Kill()
    {
        _process.Kill();
        _keeper.Join();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
        _launched.Dispose();
    }

    private static ProcessStartInfo Command(string configuration)
    {
        string broker = Executables.Find("mosquitto")
            ?? throw new MosquittoException("mosquitto is missing. It is in the Debian package mosquitto: apt-get install mosquitto");
        string[] command = [broker, "-c", configuration];
        if (Executables.Find("setpriv") is { } setpriv)
        {
            command = [setpriv, "--pdeathsig", "KILL", "--", .. command];
        }

        // In a session of its own, for a Ctrl-C in our terminal is meant for us: we end the broker when its clients have gone.
        if (Executables.Find("setsid") is { } setsid)
        {
            command = [setsid, .. command];
        }

        return new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true };
    }

    private void Keep()
    {
        try
        {
            _process.Start();
            _process.BeginErrorReadLine();
        }
        catch (Exception fault)
        {
            _launchFault = fault;
            return;
        }
        finally
        {
            _launched.Set();
        }

        _process.WaitForExit();
    }

    private void Remember(string? line)
    {
        if (line == null)
        {
            return;
        }

        if (line.StartsWith(DenialLine, StringComparison.Ordinal))
        {
            _denied?.Invoke(line);
        }

        lock (_log)
        {
            _log.Enqueue(line);
            if (_log.Count > LogLines)
            {
                _log.Dequeue();
            }
        }
    }
}
