namespace GatewayAgent.Reporting;

/// <summary>What this boot could not keep. Only ever grows. Group <c>Losses</c> of the report.</summary>
public sealed class Losses
{
    public uint Reports;
    public uint ReportSeconds;
    public uint Unconfirmed;
    public uint SamplesMissed;
    public uint RoundTripsDropped;

    /// <summary>Of the node's whole life, not of this boot.</summary>
    public uint Restarts;
    public uint RestartSeconds;

    public bool Any =>
        (Reports | ReportSeconds | Unconfirmed | SamplesMissed | RoundTripsDropped | Restarts | RestartSeconds) != 0;
}
