using GatewayAgent.Collector;

namespace GatewayAgent.Bench.Collector;

/// <summary>A fleet in this process: delivers as fast as the collector takes.</summary>
internal sealed class FleetSource(Fleet fleet) : IReportSource
{
    public void Start(MessageReceiver receive) => new Thread(() => fleet.Deliver((topic, payload) => receive(topic, payload))) { IsBackground = true }.Start();

    public bool Publish(string topic, byte[] payload) => true;

    public void Dispose()
    {
    }
}
