using System.Collections;
using GatewayAgent.Control;
using GatewayAgent.Ports;

namespace GatewayAgent.DeviceTests.Fakes;

/// <summary>A broker in the test's hand: reachable or not, answering at once, later or never.</summary>
public sealed class FakeTransport : ITransport
{
    private int _nextPacketId;

    public bool IsConnected { get; private set; }

    public string LastError => string.Empty;

    public ITransportEvents Events { get; set; }

    /// <summary>Whether a connection can be made.</summary>
    public bool Reachable { get; set; } = true;

    /// <summary>Whether a publish is acknowledged at once.</summary>
    public bool Acknowledges { get; set; } = true;

    /// <summary>The broker accepts the connection and ends it at the first packet.</summary>
    public bool CutsAfterConnect { get; set; }

    /// <summary>How long a connect blocks, on this clock.</summary>
    public int ConnectTakesMs { get; set; }

    public FakeClock ConnectClock { get; set; }

    public bool AnswersSubscription { get; set; } = true;

    public bool GrantsSubscription { get; set; } = true;

    /// <summary>Whether the client takes a publish at all.</summary>
    public bool Takes { get; set; } = true;

    /// <summary>Broker of newer settings, null = those it began with.</summary>
    public string BrokerHost { get; private set; }

    public int Attempts { get; private set; }

    public string WillTopic { get; private set; }

    public string WillMessage { get; private set; }

    /// <summary>Topics subscribed to, over all connections.</summary>
    public ArrayList Subscriptions { get; } = new ArrayList();

    /// <summary>Payloads on the report topic, in the order they were sent.</summary>
    public ArrayList Reports { get; } = new ArrayList();

    /// <summary>Packet identifiers of <see cref="Reports"/>.</summary>
    public ArrayList PacketIds { get; } = new ArrayList();

    /// <summary>Retained payloads.</summary>
    public ArrayList Births { get; } = new ArrayList();

    public bool Connect(string willTopic, string willMessage)
    {
        Attempts++;
        WillTopic = willTopic;
        WillMessage = willMessage;
        if (ConnectClock != null)
        {
            ConnectClock.UptimeMs += ConnectTakesMs;
        }

        IsConnected = Reachable;
        return Reachable;
    }

    public int Publish(string topic, byte[] payload, bool retain)
    {
        if (!IsConnected || !Takes)
        {
            return -1;
        }

        _nextPacketId++;
        if (CutsAfterConnect)
        {
            IsConnected = false;
            return _nextPacketId;
        }

        if (retain)
        {
            Births.Add(payload);
            Events.OnPublished(_nextPacketId, true);
            return _nextPacketId;
        }

        Reports.Add(payload);
        PacketIds.Add(_nextPacketId);
        if (Acknowledges)
        {
            Events.OnPublished(_nextPacketId, true);
        }

        return _nextPacketId;
    }

    public bool Subscribe(string[] topics)
    {
        foreach (string topic in topics)
        {
            Subscriptions.Add(topic);
        }

        if (IsConnected && AnswersSubscription)
        {
            Events.OnSubscribed(GrantsSubscription ? 7 : 0);
        }

        return IsConnected;
    }

    public void Use(AgentSettings settings)
    {
        BrokerHost = settings.BrokerHost;
    }

    public void Disconnect()
    {
        IsConnected = false;
    }

    /// <summary>The broker is gone.</summary>
    public void Break()
    {
        IsConnected = false;
        Reachable = false;
    }

    public byte[] Report(int index) => (byte[])Reports[index];

    /// <summary>The collector's word on the acknowledgement topic.</summary>
    public void Ack(string topic, uint bootId, uint sequence)
    {
        byte[] payload = new byte[]
        {
            0x0D, (byte)bootId, (byte)(bootId >> 8), (byte)(bootId >> 16), (byte)(bootId >> 24),
            0x10, (byte)(sequence | 0x80), (byte)((sequence >> 7) | 0x80), (byte)(sequence >> 14),
        };
        Events.OnMessage(topic, payload);
    }
}
