using GatewayAgent.Mosquitto;

namespace GatewayAgent.Gw.Supervision;

/// <summary>A mosquitto of our own on a free port of loopback.</summary>
internal sealed class BrokerChild(MosquittoBrokerOptions options) : IChild
{
    private readonly MosquittoBroker _broker = MosquittoBroker.Start(options);
    private volatile bool _isAway;

    public string Name => "broker";

    public int ProcessId => _broker.ProcessId;

    /// <summary>Also true while it is meant to be away.</summary>
    public bool IsRunning => _isAway || _broker.IsRunning;

    public string LastWords => _broker.Log.Split(Environment.NewLine)[^1];

    public int? Refusal => null;

    public string Host => _broker.Host;

    public int Port => _broker.Port;

    /// <summary>Kills it, and keeps it from being started again before <see cref="BringBack"/>.</summary>
    public void TakeAway()
    {
        _isAway = true;
        _broker.Kill();
    }

    public void BringBack()
    {
        _broker.Restart();
        _isAway = false;
    }

    public void Restart() => _broker.Restart();

    public void Dispose() => _broker.Dispose();
}
