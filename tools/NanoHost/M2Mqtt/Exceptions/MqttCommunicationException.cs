namespace nanoFramework.M2Mqtt.Exceptions;

/// <summary>The connection broke during a call, or the broker did not answer it.</summary>
public class MqttCommunicationException : Exception
{
    public MqttCommunicationException()
    {
    }

    public MqttCommunicationException(Exception e)
        : base(e.Message, e)
    {
    }
}
