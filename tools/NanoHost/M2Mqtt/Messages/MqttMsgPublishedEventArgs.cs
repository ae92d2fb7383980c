namespace nanoFramework.M2Mqtt.Messages;

/// <summary>What became of a published message (QoS 1, 2).</summary>
public class MqttMsgPublishedEventArgs : EventArgs
{
    public MqttMsgPublishedEventArgs(ushort messageId)
        : this(messageId, true)
    {
    }

    public MqttMsgPublishedEventArgs(ushort messageId, bool isPublished)
    {
        MessageId = messageId;
        IsPublished = isPublished;
    }

    public ushort MessageId { get; set; }

    /// <summary>True: acknowledged by the broker. False: given up.</summary>
    public bool IsPublished { get; set; }
}
