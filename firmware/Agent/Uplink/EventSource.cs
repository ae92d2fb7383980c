using GatewayAgent.Detection;

namespace GatewayAgent.Uplink;

/// <summary>Events as packets, for the <see cref="EventQueue"/> that keeps them.</summary>
internal sealed class EventSource : IPacketSource
{
    private readonly EventQueue _events;

    public EventSource(EventQueue events, Topics topics)
    {
        _events = events;
        Topic = topics.Event;
    }

    public string Topic { get; }

    public bool IsRetained => false;

    public int Next(long now, byte[] buffer) => _events.CopyNext(buffer);

    public void Acknowledged(long now) => _events.Acknowledged();

    public void Failed() => _events.Failed();
}
