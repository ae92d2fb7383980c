using System.Net;
using GatewayAgent.Mosquitto;

namespace GatewayAgent.Doctor.Probes;

/// <summary>The way to the broker, as far as it could be gone. What comes after the first problem was not tried.</summary>
internal sealed record BrokerEvidence
{
    public required MosquittoOptions Options { get; init; }

    /// <summary>It was gone with the node's own files.</summary>
    public required bool IsNode { get; init; }

    public IReadOnlyList<IPAddress> Addresses { get; init; } = [];

    /// <summary>Why the name leads nowhere.</summary>
    public string? NameProblem { get; init; }

    /// <summary>Why there is no TCP connection.</summary>
    public string? ConnectionProblem { get; init; }

    public TimeSpan ConnectionTime { get; init; }

    /// <summary>Null without TLS, or when it was not reached.</summary>
    public TlsEvidence? Tls { get; init; }

    /// <summary>As a node speaks: TLS 1.2 only; tried where the handshake chose a later one.</summary>
    public bool Speaks12 { get; init; } = true;

    /// <summary>Why the broker did not let us in, and its code (CONNACK), 0 = none.</summary>
    public string? LoginProblem { get; init; }

    public int LoginCode { get; init; }

    /// <summary>The broker did not answer at all.</summary>
    public bool IsSilent { get; init; }

    /// <summary>What was heard once it had; null = it had not.</summary>
    public NodeTalk? Talk { get; init; }

    public string Address => Options.Host.Contains(':') ? $"[{Options.Host}]:{Options.Port}" : $"{Options.Host}:{Options.Port}";

    public string Who => IsNode ? "with the node's own files" : Options.UserName is { } user ? $"as {user}" : "with what was given";
}
