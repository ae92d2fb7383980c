namespace GatewayAgent.Portal.Documents;

/// <summary>Figures as documents state them: no more digits than mean something.</summary>
internal static class Round
{
    public static double? Tenth(double? value) => value is { } known ? Math.Round(known, 1) : null;

    /// <summary>Fine enough to be rounded once more, as the text beside it was.</summary>
    public static double? TenThousandth(double? value) => value is { } known ? Math.Round(known, 4) : null;

    public static double? Hundredth(double? value) => value is { } known ? Math.Round(known, 2) : null;

    public static long? Seconds(TimeSpan? span) => span is { } known ? (long)Math.Round(known.TotalSeconds) : null;

    /// <summary>From a moment to now; null when the moment is not known, 0 when a clock that runs ahead stated it.</summary>
    public static long? Age(DateTimeOffset? since, DateTimeOffset now) => since is { } known ? Math.Max(0, (long)(now - known).TotalSeconds) : null;
}
