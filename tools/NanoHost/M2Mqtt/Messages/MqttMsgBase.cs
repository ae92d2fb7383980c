namespace nanoFramework.M2Mqtt.Messages;

/// <summary>Base of the packets; here without their encoding, which is libmosquitto's.</summary>
public abstract class MqttMsgBase
{
    public ushort MessageId { get; set; }

    public MqttQoSLevel QosLevel { get; set; }
}
