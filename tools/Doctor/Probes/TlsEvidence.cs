using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace GatewayAgent.Doctor.Probes;

/// <summary>A TLS handshake of our own, which accepts everything to see all of it.</summary>
internal sealed record TlsEvidence
{
    /// <summary>What is wrong with the files that were given for it; nothing was tried then.</summary>
    public string? OwnProblem { get; init; }

    /// <summary>Why there was none; null = there was.</summary>
    public string? HandshakeProblem { get; init; }

    /// <summary>
    /// The broker itself ended it, by a TLS alert: then it speaks TLS. Before 1.3 its certificate is not seen, if it is ours that it refuses.
    /// </summary>
    public bool IsAlert => HandshakeProblem?.Contains(" alert ", StringComparison.Ordinal) == true;

    /// <summary>The alert says that the broker speaks TLS, but no version that was offered.</summary>
    public bool IsOtherVersion => IsAlert && HandshakeProblem!.Contains("protocol version", StringComparison.Ordinal);

    /// <summary>Nothing came in time.</summary>
    public bool IsSilent { get; init; }

    /// <summary>The broker's.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>It is for the host that was called.</summary>
    public bool IsForName { get; init; }

    /// <summary>What leads from it to a trusted authority, dates aside, that authority last; empty = nothing does.</summary>
    public IReadOnlyList<X509Certificate2> Authorities { get; init; } = [];

    public SslProtocols Protocol { get; init; }
}
