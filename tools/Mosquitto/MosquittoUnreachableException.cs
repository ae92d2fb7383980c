namespace GatewayAgent.Mosquitto;

/// <summary>There is no connection to the broker's address: unknown host, nobody listens, no way there, or TLS without agreement.</summary>
public sealed class MosquittoUnreachableException : MosquittoException
{
    internal MosquittoUnreachableException(string broker, int code, string? tlsReason)
        : this(broker, tlsReason ?? Describe(code), code) => IsTlsFailure = tlsReason != null;

    private MosquittoUnreachableException(string broker, string reason, int code)
        : base($"cannot connect to {broker}: {reason}", code) => Reason = reason;

    /// <summary>The broker is there, but one side does not accept the other's TLS.</summary>
    public bool IsTlsFailure { get; }

    /// <summary>Why, without the address.</summary>
    public string Reason { get; }
}
