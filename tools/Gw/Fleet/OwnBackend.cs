using GatewayAgent.Collector;
using GatewayAgent.Collector.Mqtt;
using GatewayAgent.Mosquitto;

namespace GatewayAgent.Gw.Fleet;

/// <summary>A broker on loopback that takes everybody, and a collector at it.</summary>
internal sealed class OwnBackend : IDisposable
{
    private const int MostQueued = 1_000_000;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(15);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gw-fleet-");
    private readonly MosquittoBroker _broker;
    private readonly CollectorHost? _collector;
    private readonly long _before;

    /// <param name="store">Null = one that goes in the end.</param>
    public OwnBackend(string? store)
    {
        _broker = MosquittoBroker.Start(new MosquittoBrokerOptions { MaximumQueued = MostQueued });
        try
        {
            using var connected = new ManualResetEventSlim();
            var source = new MqttReportSource(Broker, "fleet", log: e => Note(e, connected));
            _collector = CollectorHost.Start(new CollectorOptions { Database = store ?? Path.Combine(_folder.FullName, "reports.db") }, source);
            _before = _collector.Counters.Received;
            connected.Wait(_patience);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public MosquittoOptions Broker => new() { Host = _broker.Host, Port = _broker.Port };

    /// <summary>Messages that the collector has taken since it began.</summary>
    public long Received => _collector!.Counters.Received - _before;

    public void Dispose()
    {
        _collector?.Dispose();
        _broker.Dispose();
        _folder.Delete(recursive: true);
    }

    private static void Note(CollectorEvent e, ManualResetEventSlim connected)
    {
        if (e.Kind == CollectorEventKind.Connected)
        {
            connected.Set();
        }
    }
}
