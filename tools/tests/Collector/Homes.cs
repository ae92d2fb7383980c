using GatewayAgent.Insight.Diagnosis;
using GatewayAgent.Insight.Facts;
using GatewayAgent.Insight.Scoring;
using GatewayAgent.Protocol;
using GatewayAgent.Protocol.Merging;

namespace GatewayAgent.Tests.Collector;

/// <summary>What an assessor says in tests: hours whose good time counts windows, and assessments of what they are told.</summary>
internal static class Homes
{
    /// <summary>Good = sequences in the hour, so that it tells which windows were counted.</summary>
    public static NodeHour HourOf(DateTimeOffset start, IReadOnlyList<NodeWindow> windows, State? birth)
    {
        Report? sum = ReportSum.Of(windows.Select(window => window.Report));
        var users = new UserSeconds(windows.Sum(window => window.Report.Merged + 1), 7, [1, 2, 3, 4, 5, 6, 7, 8]);
        return new NodeHour(start, users, sum == null ? null : new NodeWindow(windows[0].Start, sum, HeardRows.Read(sum.Survey.Heard), windows[0].IsStartEstimated));
    }

    public static HomeAssessment Assess(HomeFacts facts) => Healthy(facts.Home, facts.Now);

    public static HomeAssessment Healthy(string home, DateTimeOffset at, double? index = 95, double? baseline = 95) => new()
    {
        Home = home,
        At = at,
        Index = index,
        BaselineIndex = baseline,
        IsGettingWorse = false,
        Day = UserSeconds.None,
        Nodes = [],
        Findings = [],
        Dismissed = [],
    };

    public static HomeAssessment Sick(string home, DateTimeOffset at, Cause cause, double? index, double? baseline = null) => Healthy(home, at, index, baseline) with
    {
        IsGettingWorse = index < baseline,
        Nodes = [new NodeAssessment("bedroom", index, "backhaul", new UserSeconds(3, 2, [1, 2, 3, 4, 5, 6, 7, 8]))],
        Findings =
        [
            new Finding
            {
                Cause = cause,
                Node = "bedroom",
                Confidence = 0.75,
                Since = at.AddDays(-2),
                Summary = "The bedroom's link fell from −61 to −79 dBm.",
                Advice = "Move it.",
                Evidence =
                [
                    new Evidence
                    {
                        Metric = "link.rssi",
                        Unit = "dBm",
                        Node = "bedroom",
                        Before = -61,
                        Now = -79,
                        Source = Source.Native,
                        Age = TimeSpan.FromSeconds(90),
                        Text = "\"−79\" dBm\0 since Tuesday",
                        Series = [new Point(at, -79)],
                    },
                ],
            },
        ],
        Dismissed = [new Dismissal(Cause.WanDown, "The broker answers.")],
    };
}
