namespace GatewayAgent.Mosquitto;

/// <summary>All that describes one connection.</summary>
public sealed record MosquittoOptions
{
    public string Host { get; init; } = "127.0.0.1";

    public int Port { get; init; } = 1883;

    /// <summary>Unique at the broker; null lets the broker choose one, which needs a clean session.</summary>
    public string? ClientId { get; init; }

    /// <summary>False keeps subscriptions and undelivered messages at the broker between connections.</summary>
    public bool CleanSession { get; init; } = true;

    /// <summary>MQTT 5.0 instead of 3.1.1.</summary>
    public bool IsVersion5 { get; init; }

    /// <summary>
    /// How long the broker is to keep a session that is not clean. Only MQTT 5.0 says it; with 3.1.1 the broker's configuration decides.
    /// </summary>
    public TimeSpan SessionExpiry { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Seconds, 0 = off, otherwise at least 5.</summary>
    public int KeepAliveSeconds { get; init; } = 60;

    public string? UserName { get; init; }

    public string? Password { get; init; }

    public MosquittoWill? Will { get; init; }

    public MosquittoTls? Tls { get; init; }

    /// <summary>
    /// QoS 1 and 2 messages that may wait for their acknowledgement at once, 1–65,535. Further ones wait inside the library, in
    /// order and without bound: who publishes without counting acknowledgements needs memory for it.
    /// </summary>
    public int MaximumInflight { get; init; } = 100;
}
