using GatewayAgent.Insight.Diagnosis;
using GatewayAgent.Insight.Facts;
using GatewayAgent.Protocol;

namespace GatewayAgent.Portal.Documents;

/// <summary>What is not known of a home, in one sentence each.</summary>
internal static class UnknownFacts
{
    public static IEnumerable<string> Of(HomeFacts facts, HomeAssessment? assessment)
    {
        if (assessment == null)
        {
            yield return "The home has not been assessed yet: whether anything is wrong is not known.";
        }
        else if (assessment.Index == null)
        {
            yield return "The home has no stability index: nothing of its last 24 hours is known.";
        }
        else if (assessment.BaselineIndex == null)
        {
            yield return "The home has not been known long enough for a baseline: whether it got worse cannot be told.";
        }

        foreach (string fact in facts.Nodes.SelectMany(node => OfNode(node, facts.Now)))
        {
            yield return fact;
        }
    }

    private static IEnumerable<string> OfNode(NodeFacts node, DateTimeOffset now)
    {
        string name = $"Node {node.Node}";
        if (node.Birth == null)
        {
            yield return $"{name} has not said what it is: role, access point and capabilities are not known.";
        }

        if (node.LastReceived is not { } last)
        {
            yield return $"{name} has never reported.";
            yield break;
        }

        int known = node.KnownHours(now);
        if (known < 24)
        {
            yield return $"{name} has measurements of {known} of the last 24 hours; the last was received {Round.Age(last, now)} s ago.";
        }

        foreach (string group in MissingGroups(node))
        {
            yield return $"{name}: {group}";
        }
    }

    private static IEnumerable<string> MissingGroups(NodeFacts node)
    {
        if (node.Latest(window => window.Report.Link) is not { } link)
        {
            yield return "its uplink was not measured.";
        }
        else if (!link.Value.HasAp && node.Latest(window => window.Report.Link is { HasAp: true } named ? named : null) == null)
        {
            yield return "which access point serves it is not known.";
        }

        if (node.Latest(window => window.Report.Clients) is not { } clients)
        {
            yield return "its clients were not counted.";
        }
        else if (clients.Value.RssiHistogram.Count == 0)
        {
            yield return "how well it hears its clients is not known.";
        }

        if (node.Latest(window => window.Report.Survey) == null)
        {
            yield return node.Birth?.Radio == Source.StockScan
                ? "it runs a stock image, which knows no channels: all are unknown, not idle."
                : "its channels were not surveyed.";
        }

        if (node.Latest(window => window.Report.Latency) == null)
        {
            yield return "round trips were not measured.";
        }
    }
}
