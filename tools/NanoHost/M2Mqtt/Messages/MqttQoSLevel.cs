namespace nanoFramework.M2Mqtt.Messages;

/// <summary>Values as on the device.</summary>
public enum MqttQoSLevel
{
    AtMostOnce = 0,
    AtLeastOnce = 1,
    ExactlyOnce = 2,
    GrantedFailure = 128,
}
