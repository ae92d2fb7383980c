using GatewayAgent.Insight.Facts;
using GatewayAgent.Protocol;
using GatewayAgent.Protocol.Merging;

namespace GatewayAgent.Insight.Scoring;

/// <summary>Scores and merges the windows of an hour.</summary>
internal static class HourScore
{
    public const long HourSeconds = 3600;

    public static NodeHour Of(DateTimeOffset start, IReadOnlyList<NodeWindow> windows, State? birth, Thresholds limits)
    {
        var users = new UserTime();
        if (windows.Count == 0)
        {
            users.AddUnknown(HourSeconds);
            return new NodeHour(start, users.Sum(), null);
        }

        var score = new WindowScore(limits);
        var sum = new ReportSum();
        long seconds = 0;
        bool isEstimated = false;
        NodeWindow[] inOrder = [.. windows.OrderBy(window => window.Start).ThenBy(window => window.Report.Sequence)];
        foreach (NodeWindow window in inOrder)
        {
            score.Judge(window, birth?.Role != Role.Companion);
            users.Add(window, score);
            sum.Add(window.Report, window.Rows);
            seconds += window.Report.SpanS;
            isEstimated |= window.IsStartEstimated;
        }

        users.AddUnknown(Math.Max(0, HourSeconds - seconds));
        Report report = sum.ToReport(out IReadOnlyList<HeardRow> rows);
        return new NodeHour(start, users.Sum(), new NodeWindow(inOrder[0].Start, report, rows, isEstimated));
    }
}
