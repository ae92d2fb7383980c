using System.Collections.Immutable;

namespace GatewayAgent.Insight.Scoring;

/// <summary>Time multiplied by those who had it: good, bad by classifier, or unknown. Unknown is never good.</summary>
/// <param name="Good">User-seconds.</param>
/// <param name="Unknown">Seconds of which nothing is known, as of one user.</param>
/// <param name="Bad">User-seconds for each <see cref="Classifier"/>, in their order.</param>
public sealed record UserSeconds(long Good, long Unknown, ImmutableArray<long> Bad)
{
    /// <summary>Number of classifiers.</summary>
    public const int Classifiers = 8;

    public static UserSeconds None { get; } = new(0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    public long Known => Good + Bad.Sum();

    /// <summary>Good share of the known time, 0–100; null when nothing is known.</summary>
    public double? Score => Known == 0 ? null : 100.0 * Good / Known;

    public long BadBy(Classifier classifier) => Bad[(int)classifier];

    /// <summary>The same time, with what one classifier had counted for another.</summary>
    internal UserSeconds Moved(Classifier from, Classifier to) => this with
    {
        Bad = Bad.SetItem((int)to, Bad[(int)to] + Bad[(int)from]).SetItem((int)from, 0),
    };

    public static UserSeconds operator +(UserSeconds a, UserSeconds b) =>
        new(a.Good + b.Good, a.Unknown + b.Unknown, [.. a.Bad.Zip(b.Bad, (x, y) => x + y)]);

    public bool Equals(UserSeconds? other) =>
        other != null && Good == other.Good && Unknown == other.Unknown && Bad.AsSpan().SequenceEqual(other.Bad.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Good, Unknown, Bad[0]);
}
