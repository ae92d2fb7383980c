namespace GatewayAgent.Mosquitto;

/// <summary>TLS by PEM files.</summary>
public sealed record MosquittoTls
{
    /// <summary>File of trusted authorities; null = the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>The client's own certificate and its key without a pass-phrase: both or neither.</summary>
    public string? CertificateFile { get; init; }

    public string? KeyFile { get; init; }

    /// <summary>False accepts any certificate of the broker: for tests on loopback only.</summary>
    public bool VerifyBroker { get; init; } = true;
}
