namespace nanoFramework.M2Mqtt.Messages;

/// <summary>A CONNACK arrived, also one that refuses.</summary>
public class ConnectionOpenedEventArgs : EventArgs
{
    public ConnectionOpenedEventArgs(MqttMsgConnack connact) => Message = connact;

    public MqttMsgConnack Message { get; }
}
