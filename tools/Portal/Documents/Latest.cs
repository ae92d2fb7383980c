using GatewayAgent.Insight.Facts;

namespace GatewayAgent.Portal.Documents;

/// <summary>The newest of something that a node measured, with the window it stood in.</summary>
internal readonly record struct Latest<T>(T Value, NodeWindow Window);

/// <summary>Looks for the newest of something: in the windows, then in the hours before them.</summary>
internal static class LatestExtensions
{
    public static Latest<T>? Latest<T>(this NodeFacts node, Func<NodeWindow, T?> pick)
        where T : class
    {
        foreach (NodeWindow window in node.NewestFirst())
        {
            if (pick(window) is { } found)
            {
                return new Latest<T>(found, window);
            }
        }

        return null;
    }

    public static IEnumerable<NodeWindow> NewestFirst(this NodeFacts node) => node.Windows.Reverse()
        .Concat(node.Hours.Reverse().Where(hour => hour.Sum != null && !node.Holds(hour)).Select(hour => hour.Sum!));

    /// <summary>Of the last 24 whole hours, those with any measurement.</summary>
    public static int KnownHours(this NodeFacts node, DateTimeOffset now)
    {
        DateTimeOffset end = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds() / 3600 * 3600);
        return node.Hours.Count(hour => hour.Sum != null && hour.Start >= end.AddHours(-24) && hour.Start < end);
    }

    private static bool Holds(this NodeFacts node, NodeHour hour) => node.Windows.Count > 0 && hour.Start >= node.Windows[0].Start;
}
