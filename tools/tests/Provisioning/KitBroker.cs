using System.Diagnostics;
using GatewayAgent.Mosquitto;

namespace GatewayAgent.Tests.Provisioning;

/// <summary>A real mosquitto that runs on the files of a kit as they are: beside them it is told only where to log.</summary>
internal sealed class KitBroker : IDisposable
{
    private static readonly TimeSpan _longEnough = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _answer = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(20);

    private readonly KitLab _lab;
    private readonly int _port;
    private readonly BrokerProcess _process;

    public KitBroker(KitLab lab, int port)
    {
        (_lab, _port) = (lab, port);
        string configuration = lab.InFolder("mosquitto.conf");
        File.WriteAllText(configuration, $"log_dest stderr\nlog_type all\ninclude_dir {lab.InKit("broker")}\n");
        _process = new BrokerProcess(configuration, null);
        try
        {
            WaitUntilItAnswers();
        }
        catch
        {
            _process.Dispose();
            throw;
        }
    }

    public string Log => _process.Log;

    /// <summary>Options of a node, from the files that its board would get.</summary>
    public MosquittoOptions Node(string node) => Client($"nodes/{node}", node);

    public MosquittoOptions Collector() => Client("clients/collector", "@collector");

    /// <summary>Waits until the broker has written it.</summary>
    public void WaitForLog(string words)
    {
        for (var watch = Stopwatch.StartNew(); !Log.Contains(words, StringComparison.Ordinal); Thread.Sleep(_look))
        {
            Assert.True(watch.Elapsed < _longEnough, $"'{words}' did not come:\n{Log}");
        }
    }

    public void Dispose() => _process.Dispose();

    private MosquittoOptions Client(string folder, string user)
    {
        string? password = _lab.Manifest.Broker.Identity == GatewayAgent.Provisioning.Kits.NodeIdentity.Certificate ? null
            : folder.StartsWith("nodes/", StringComparison.Ordinal)
                ? GatewayAgent.Provisioning.Nodes.NodeFiles.PasswordIn(_lab.Read($"{folder}/agent.json"))
                : _lab.Read($"{folder}/password").Trim();
        return new MosquittoOptions
        {
            Host = "127.0.0.1",
            Port = _port,
            ClientId = user,
            UserName = password == null ? null : user,
            Password = password,
            Tls = !_lab.Manifest.Broker.IsTls ? null : new MosquittoTls
            {
                CaFile = _lab.InKit($"{folder}/ca.pem"),
                CertificateFile = password == null ? _lab.InKit($"{folder}/client.pem") : null,
                KeyFile = password == null ? _lab.InKit($"{folder}/client.key") : null,
            },
        };
    }

    private void WaitUntilItAnswers()
    {
        for (var watch = Stopwatch.StartNew(); ;)
        {
            using var client = new MosquittoClient(Collector());
            try
            {
                client.Connect(_answer);
                client.Disconnect(_answer);
                return;
            }
            catch (MosquittoException fault) when (watch.Elapsed < _longEnough && !_process.HasExited)
            {
                Assert.False(fault is MosquittoRefusedException, Log);
                Thread.Sleep(_look);
            }
        }
    }
}
