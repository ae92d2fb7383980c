namespace GatewayAgent.Insight.Scoring;

/// <summary>The parts of a node's stability, and the classifiers of each.</summary>
internal static class Parts
{
    private static readonly (string Name, Classifier[] Classifiers)[] _parts =
    [
        ("backhaul", [Classifier.Backhaul, Classifier.Placement]),
        ("clients", [Classifier.Coverage, Classifier.Overload]),
        ("channel", [Classifier.Congestion, Classifier.Interference]),
        ("node", [Classifier.NodeHealth]),
        ("wan", [Classifier.Wan]),
    ];

    /// <summary>The part to which most of the bad time belongs; null when none was bad, or nothing is known.</summary>
    public static string? Worst(UserSeconds users) =>
        users.Known == users.Good ? null : _parts.MaxBy(part => part.Classifiers.Sum(users.BadBy)).Name;
}
