namespace nanoFramework.M2Mqtt.Messages;

/// <summary>The broker's answer to a subscription, one level a topic.</summary>
public class MqttMsgSubscribedEventArgs : EventArgs
{
    public MqttMsgSubscribedEventArgs(ushort messageId, MqttQoSLevel[] grantedQosLevels)
    {
        MessageId = messageId;
        GrantedQoSLevels = grantedQosLevels;
    }

    public ushort MessageId { get; }

    public MqttQoSLevel[] GrantedQoSLevels { get; }
}
