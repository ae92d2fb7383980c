namespace nanoFramework.M2Mqtt.Messages;

/// <summary>CONNACK of MQTT 3.1.1.</summary>
public class MqttMsgConnack : MqttMsgBase
{
    public bool SessionPresent { get; set; }

    public MqttReasonCode ReturnCode { get; set; }
}
