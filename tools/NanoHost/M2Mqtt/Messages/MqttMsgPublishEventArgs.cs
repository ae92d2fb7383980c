namespace nanoFramework.M2Mqtt.Messages;

/// <summary>A message that arrived.</summary>
public class MqttMsgPublishEventArgs : EventArgs
{
    public MqttMsgPublishEventArgs(string topic, byte[] message, bool dupFlag, MqttQoSLevel qosLevel, bool retain)
    {
        Topic = topic;
        Message = message;
        DupFlag = dupFlag;
        QosLevel = qosLevel;
        Retain = retain;
    }

    public string Topic { get; }

    public byte[] Message { get; }

    /// <summary>Always false here: libmosquitto does not tell it.</summary>
    public bool DupFlag { get; }

    public MqttQoSLevel QosLevel { get; }

    public bool Retain { get; }
}
