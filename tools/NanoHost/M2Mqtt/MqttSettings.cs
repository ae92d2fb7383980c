using GatewayAgent.NanoHost;

namespace nanoFramework.M2Mqtt;

/// <summary>As on the device one object serves all clients of a node. The retry settings say when a message is given up.</summary>
public class MqttSettings
{
    public const int BrokerDefaultPort = 1883;
    public const int BrokerDefaultSslPort = 8883;
    public const int DefaultTimeout = 30_000;
    public const int MaximumAttemptsRetry = 3;
    public const int DefaultDelayRetry = 1_000;
    public const int ConnectTimeout = 30_000;
    public const int DefaultInflightQueueSize = int.MaxValue;

    internal MqttSettings()
    {
    }

    /// <summary>The settings of the current node.</summary>
    public static MqttSettings Instance => NanoContext.Current.MqttSettings;

    public int Port { get; internal set; } = BrokerDefaultPort;

    public int SslPort { get; internal set; } = BrokerDefaultSslPort;

    /// <summary>ms.</summary>
    public int TimeoutOnConnection => ConnectTimeout;

    /// <summary>ms.</summary>
    public int TimeoutOnReceiving => DefaultTimeout;

    public int AttemptsOnRetry { get; internal set; } = MaximumAttemptsRetry;

    /// <summary>ms.</summary>
    public int DelayOnRetry { get; internal set; } = DefaultDelayRetry;

    /// <summary>Messages and subscriptions that may wait for an answer; beyond it Publish throws.</summary>
    public int InflightQueueSize { get; set; } = DefaultInflightQueueSize;

    public bool ValidateServerCertificate { get; set; } = true;
}
