using nanoFramework.M2Mqtt.Messages;

namespace nanoFramework.M2Mqtt;

/// <summary>What a request asks of the broker.</summary>
internal enum RequestKind
{
    Publish,
    Subscribe,
    Unsubscribe,
}

/// <summary>A request that waits for the connection or for its answer. A subscription has one packet, and one answer, a topic.</summary>
internal sealed record InflightRequest(ushort Id, RequestKind Kind, string[] Topics, MqttQoSLevel[] Levels)
{
    public byte[] Message { get; init; }

    public bool Retain { get; init; }

    /// <summary>Granted levels so far; the places of missing answers hold what was asked for.</summary>
    public MqttQoSLevel[] Granted { get; } = (MqttQoSLevel[])Levels.Clone();

    public int MissingAnswers { get; set; } = Topics.Length;

    public bool Sent { get; set; }

    /// <summary>Environment.TickCount64 at which it is given up; meaningful once sent.</summary>
    public long Deadline { get; set; }
}
