using GatewayAgent.Insight.Facts;
using GatewayAgent.Protocol;

namespace GatewayAgent.Insight.Diagnosis;

/// <summary>Whether and since when nothing is heard of a node.</summary>
internal static class Silence
{
    // A window is sent when it closes; two may be late.
    private const int MissedWindows = 3;
    private const uint UsualWindowS = 300;

    private static readonly TimeSpan _least = TimeSpan.FromMinutes(30), _leastOffline = TimeSpan.FromMinutes(10);

    // Whoever lost the broker tries again after an hour at the latest, and sends when its window closes.
    private static readonly TimeSpan _comingBack = TimeSpan.FromMinutes(75);

    /// <summary>Null = it is heard, or nobody would have heard it.</summary>
    /// <param name="listening">Since when all that is sent is heard; null = always.</param>
    public static DateTimeOffset? Since(NodeView node, DateTimeOffset now, DateTimeOffset? listening)
    {
        NodeFacts facts = node.Facts;
        if (node.Last is not { } last)
        {
            return null;
        }

        // What came after the broker told that it was gone shows that it is back.
        bool isOffline = facts.Status == State.Types.Status.Offline && !(facts.StatusSince < last - _leastOffline);
        if (isOffline && now - (facts.StatusSince ?? last) >= _leastOffline)
        {
            return facts.StatusSince ?? last;
        }

        return now - last > Patience(node) && !(now - listening < _comingBack) ? last : null;
    }

    private static TimeSpan Patience(NodeView node)
    {
        uint windowS = node.Facts.Birth is { WindowS: > 0 } birth ? birth.WindowS : UsualWindowS;
        TimeSpan patience = TimeSpan.FromSeconds((double)MissedWindows * Math.Max(windowS, Typical(node)));
        return patience > _least ? patience : _least;
    }

    private static double Typical(NodeView node)
    {
        double typical = Numbers.Median(node.Facts.Windows.TakeLast(24).Select(window => (double)window.Report.SpanS / (window.Report.Merged + 1)));
        return double.IsNaN(typical) ? 0 : typical;
    }
}
