using GatewayAgent.Insight.Facts;
using GatewayAgent.Insight.Scoring;

namespace GatewayAgent.Insight.Diagnosis;

/// <summary>Puts together what is to be said of a home.</summary>
internal static class Assessor
{
    public static HomeAssessment Assess(HomeFacts facts, Thresholds limits)
    {
        DateTimeOffset from = HomeStability.DayBefore(facts.Now);
        var day = new UserTime();
        var nodes = new List<NodeAssessment>();
        foreach (NodeFacts node in facts.Nodes)
        {
            UserSeconds users = HomeStability.UsersOf(node, from, facts.Now);
            day.Add(users);
            nodes.Add(new NodeAssessment(node.Node, HomeStability.NodeIndex(users, facts.Now - from), Parts.Worst(users), users));
        }

        IReadOnlyList<double> baseline = HomeStability.BaselineIndices(facts);
        return new HomeAssessment
        {
            Home = facts.Home,
            At = facts.Now,
            Index = nodes.Min(node => node.Index),
            BaselineIndex = baseline.Count < HomeStability.LeastBaselineDays ? null : Numbers.Median(baseline),
            IsGettingWorse = false,
            Day = day.Sum(),
            Nodes = nodes,
            Findings = [],
            Dismissed = [],
        };
    }
}
