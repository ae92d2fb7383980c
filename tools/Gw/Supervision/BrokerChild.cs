using GatewayAgent.Mosquitto;

namespace GatewayAgent.Gw.Supervision;

/// <summary>A mosquitto of our own on a free port of loopback.</summary>
internal sealed class BrokerChild(IReadOnlyList<BrokerUser> users) : IChild
{
    private readonly MosquittoBroker _broker = MosquittoBroker.Start(new MosquittoBrokerOptions { Users = users });

    public string Name => "broker";

    public int ProcessId => _broker.ProcessId;

    public bool IsRunning => _broker.IsRunning;

    public string LastWords => _broker.Log;

    public string Host => _broker.Host;

    public int Port => _broker.Port;

    public void Restart() => _broker.Restart();

    public void Dispose() => _broker.Dispose();
}
