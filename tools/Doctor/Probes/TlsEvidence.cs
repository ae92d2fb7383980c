using System.Security.Cryptography.X509Certificates;

namespace GatewayAgent.Doctor.Probes;

/// <summary>A TLS handshake of our own, which accepts everything to see all of it.</summary>
/// <param name="HandshakeProblem">Why there was none; null = there was.</param>
/// <param name="Certificate">The broker's.</param>
/// <param name="IsForName">It is for the host that was called.</param>
/// <param name="IsTrusted">It comes from a trusted authority, its dates aside.</param>
/// <param name="Protocol">TLS 1.3, …</param>
internal sealed record TlsEvidence(string? HandshakeProblem, X509Certificate2? Certificate, bool IsForName, bool IsTrusted, string? Protocol);
