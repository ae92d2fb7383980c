using System.Diagnostics;

namespace GatewayAgent.Mosquitto;

/// <summary>
/// A mosquitto of our own: a child process on a free port of loopback, with its files in a temporary folder. It can be killed,
/// suspended and started again on the same port; disposing it leaves nothing behind.
/// </summary>
public sealed class MosquittoBroker : IDisposable
{
    private const int StartAttempts = 5;
    private static readonly TimeSpan _startTime = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _answerTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _pollInterval = TimeSpan.FromMilliseconds(10);

    private readonly string _folder;
    private readonly MosquittoBrokerOptions _options;
    private readonly string _configuration;
    private BrokerProcess _process;

    private MosquittoBroker(string folder, int port, MosquittoBrokerOptions options)
    {
        _folder = folder;
        Port = port;
        _options = options;
        _configuration = BrokerConfiguration.Write(folder, port, options);
        _process = Launch();
    }

    /// <summary>True when the program is installed.</summary>
    public static bool IsInstalled => Executables.Find("mosquitto") != null;

    public string Host => "127.0.0.1";

    public int Port { get; }

    /// <summary>The last lines the broker wrote.</summary>
    public string Log => _process.Log;

    /// <summary>Process id of the broker.</summary>
    public int ProcessId => _process.Id;

    public bool IsRunning => !_process.HasExited;

    /// <summary>Starts a broker and returns when it accepts connections.</summary>
    /// <exception cref="MosquittoException">Not installed (the message names the package), or it did not start (with its last words).</exception>
    public static MosquittoBroker Start(MosquittoBrokerOptions? options = null)
    {
        for (int attempt = 1; ; attempt++)
        {
            string folder = Directory.CreateTempSubdirectory("gw-broker-").FullName;
            try
            {
                return new MosquittoBroker(folder, LoopbackPort.Find(), options ?? new MosquittoBrokerOptions());
            }
            catch (MosquittoException fault)
            {
                Directory.Delete(folder, recursive: true);

                // Another process may have taken the port between the look and the start.
                if (attempt == StartAttempts || !fault.Message.Contains("in use", StringComparison.Ordinal))
                {
                    throw;
                }
            }
        }
    }

    /// <summary>SIGKILL: the broker loses what it held in memory.</summary>
    public void Kill() => _process.Kill();

    /// <summary>SIGTERM: the broker ends in order and saves what is persistent.</summary>
    public void Stop() => _process.Terminate();

    /// <summary>Starts the broker again, on the same port and with the same files, after it was killed or stopped.</summary>
    public void Restart()
    {
        if (IsRunning)
        {
            throw new InvalidOperationException("the broker is running: kill or stop it first");
        }

        _process.Dispose();
        _process = Launch();
    }

    /// <summary>SIGSTOP: connections stay open, and nothing answers any more.</summary>
    public void Suspend() => _process.Signal(SystemCalls.SigStop);

    /// <summary>SIGCONT, after <see cref="Suspend"/>.</summary>
    public void Resume() => _process.Signal(SystemCalls.SigCont);

    public void Dispose()
    {
        _process.Dispose();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private BrokerProcess Launch()
    {
        var process = new BrokerProcess(_configuration, _options.Denied);
        try
        {
            WaitUntilItAccepts(process);
            return process;
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    private void WaitUntilItAccepts(BrokerProcess process)
    {
        var watch = Stopwatch.StartNew();
        while (!Accepts())
        {
            if (process.HasExited || watch.Elapsed > _startTime)
            {
                process.Kill();
                throw new MosquittoException(
                    $"mosquitto does not accept connections on port {Port}. Its last words:{Environment.NewLine}{process.Log}");
            }

            Thread.Sleep(_pollInterval);
        }
    }

    /// <summary>Speaks MQTT: the port opens before the broker has read its certificates and users. A refusal is an answer too.</summary>
    private bool Accepts()
    {
        using var client = new MosquittoClient(new MosquittoOptions
        {
            Port = Port,
            Tls = _options.Tls == null ? null : new MosquittoTls { VerifyBroker = false },
        });
        try
        {
            client.Connect(_answerTime);
            client.Disconnect(_answerTime);
            return true;
        }
        catch (MosquittoRefusedException)
        {
            return true;
        }
        catch (MosquittoUnreachableException fault) when (fault.IsTlsFailure && _options.ClientAuthority != null)
        {
            // It misses our certificate.
            return true;
        }
        catch (MosquittoException)
        {
            return false;
        }
    }
}
