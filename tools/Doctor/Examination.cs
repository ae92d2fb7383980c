namespace GatewayAgent.Doctor;

/// <summary>A check by name, and what it found.</summary>
public sealed record Finding(string Check, Verdict Verdict);

/// <summary>All findings, in the order of the signal's way from the cable to the collector.</summary>
/// <param name="Subject">The node, or what else was looked at.</param>
public sealed record Examination(string Subject, IReadOnlyList<Finding> Findings)
{
    /// <summary>What to put right first; null = nothing that was looked at is wrong.</summary>
    public Finding? First => Findings.FirstOrDefault(finding => finding.Verdict.Outcome == Outcome.Wrong);

    public IEnumerable<Finding> Of(Outcome outcome) => Findings.Where(finding => finding.Verdict.Outcome == outcome);
}
