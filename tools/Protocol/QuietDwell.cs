namespace GatewayAgent.Protocol;

/// <summary>A channel that was listened to and on which nothing was heard.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="DwellCs">Time the radio listened on it, 1/100 s; null when the report does not say.</param>
public readonly record struct QuietChannel(int Channel, uint? DwellCs);

/// <summary>Expands <see cref="Survey.QuietDwellCs"/>, whose last value holds for all the remaining channels.</summary>
public static class QuietDwell
{
    /// <summary>The quiet channels, ascending.</summary>
    public static IReadOnlyList<QuietChannel> Expand(Survey survey)
    {
        int last = survey.QuietDwellCs.Count - 1;
        return WifiChannels.FromMasks(survey.Quiet2G, survey.Quiet5G)
            .Select((channel, i) => new QuietChannel(channel, last < 0 ? null : survey.QuietDwellCs[Math.Min(i, last)]))
            .ToList();
    }
}
