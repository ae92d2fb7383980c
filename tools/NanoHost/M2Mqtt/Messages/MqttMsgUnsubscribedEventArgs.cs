namespace nanoFramework.M2Mqtt.Messages;

/// <summary>The broker's answer to the end of a subscription.</summary>
public class MqttMsgUnsubscribedEventArgs : EventArgs
{
    public MqttMsgUnsubscribedEventArgs(ushort messageId) => MessageId = messageId;

    public ushort MessageId { get; }
}
