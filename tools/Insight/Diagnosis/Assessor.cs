using GatewayAgent.Insight.Facts;
using GatewayAgent.Insight.Scoring;

namespace GatewayAgent.Insight.Diagnosis;

/// <summary>Puts together what is to be said of a home.</summary>
internal static class Assessor
{
    public static HomeAssessment Assess(HomeFacts facts, Thresholds limits)
    {
        var home = new HomeView(facts, limits);
        var examination = new Examination(home);
        IReadOnlyList<Finding> findings = examination.Findings;
        List<NodeAssessment> nodes = [.. home.Nodes.Select(node => Assess(node, home.DayOf(node), findings))];
        double? index = nodes.Min(node => node.Index);
        var baseline = Baseline.Of(facts);
        return new HomeAssessment
        {
            Home = facts.Home,
            At = facts.Now,
            Index = index,
            BaselineIndex = baseline?.Index,
            IsGettingWorse = Decline.IsGettingWorse(home, findings, index, baseline),
            Day = nodes.Aggregate(UserSeconds.None, (sum, node) => sum + node.Day),
            Nodes = nodes,
            Findings = findings,
            Dismissed = examination.Dismissals,
        };
    }

    private static NodeAssessment Assess(NodeView node, UserSeconds users, IReadOnlyList<Finding> findings)
    {
        // Only weeks tell a bad place from a bad day.
        bool isMisplaced = findings.Any(finding => finding.Cause == Cause.BadPlacement && finding.Node == node.Name);
        users = isMisplaced ? users.Moved(Classifier.Backhaul, Classifier.Placement) : users;
        return new NodeAssessment(node.Name, HomeStability.NodeIndex(users), Parts.Worst(users), users);
    }
}
