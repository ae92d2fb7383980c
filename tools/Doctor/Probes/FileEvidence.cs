using System.Security.Cryptography.X509Certificates;
using GatewayAgent.Control;

namespace GatewayAgent.Doctor.Probes;

/// <summary>What is in the folder of a node's files.</summary>
/// <param name="SettingsProblem">Why agent.json cannot be used, as the firmware says it; null = it can.</param>
/// <param name="Unknown">A setting that the firmware does not know, and so skips; null = none.</param>
/// <param name="Settings">Null = agent.json is missing or cannot be read.</param>
/// <param name="CertificateProblem">What is wrong with the certificates; null = nothing, or there are none.</param>
/// <param name="Certificates">Certificates found, by file.</param>
internal sealed record FileEvidence(
    string Folder,
    string? SettingsProblem,
    string? Unknown,
    AgentSettings? Settings,
    CertificateProblem? CertificateProblem,
    IReadOnlyList<(string File, X509Certificate2 Certificate)> Certificates)
{
    public string PathOf(string file) => Path.Combine(Folder, file);
}

/// <param name="Text">What is wrong, with the file's name.</param>
/// <param name="Known">How it shows.</param>
internal sealed record CertificateProblem(string Text, string Known, string Todo);
