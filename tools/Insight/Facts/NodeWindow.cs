using GatewayAgent.Protocol;

namespace GatewayAgent.Insight.Facts;

/// <summary>A report placed in time: one window of a node, or several merged ones. Further parts of a window are added to its first.</summary>
/// <param name="Start">UTC.</param>
/// <param name="Report">What was measured; its own start is uptime. Not changed by readers.</param>
/// <param name="Rows">Its channels, read from the survey.</param>
/// <param name="IsStartEstimated">The node did not know the time: placed by when its reports came in.</param>
public sealed record NodeWindow(DateTimeOffset Start, Report Report, IReadOnlyList<HeardRow> Rows, bool IsStartEstimated = false)
{
    public TimeSpan Span => TimeSpan.FromSeconds(Report.SpanS);

    public DateTimeOffset End => Start + Span;
}
