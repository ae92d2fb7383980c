namespace nanoFramework.M2Mqtt.Exceptions;

/// <summary>The client refuses a call.</summary>
public class MqttClientException : Exception
{
    public MqttClientException(MqttClientErrorCode errorCode)
        : base(errorCode.ToString()) => ErrorCode = errorCode;

    public MqttClientErrorCode ErrorCode { get; set; }
}
