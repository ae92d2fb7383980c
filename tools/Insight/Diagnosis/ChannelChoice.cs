using GatewayAgent.Protocol;

namespace GatewayAgent.Insight.Diagnosis;

/// <summary>A channel that would be better than the home's own.</summary>
/// <param name="Utilization">%; NaN = no access point there states it.</param>
/// <param name="Networks">Most access points heard at once.</param>
internal sealed record ChannelChoice(uint Channel, double Utilization, uint Networks)
{
    // Worth a change: clients lose their connection in one.
    private const double LeastGainPercent = 15, FewerNetworks = 0.5;

    // The channels of 2.4 GHz that do not overlap.
    private static readonly uint[] _apart = [1, 6, 11];

    /// <summary>The best of those that were surveyed in the last week; null when none is clearly better.</summary>
    public static ChannelChoice? Better(HomeView home, ChannelView own)
    {
        Dictionary<uint, ChannelChoice> heard = Heard(home);
        double utilization = Numbers.Median(own.Utilization.Last(HourGrid.Week)), networks = Numbers.Median(own.Networks.Last(HourGrid.Week));
        return heard.Values
            .Where(choice => choice.Channel != own.Number && (choice.Channel > 14) == own.Is5Ghz && (own.Is5Ghz || _apart.Contains(choice.Channel)))
            .Where(choice => double.IsNaN(choice.Utilization) || double.IsNaN(utilization)
                ? choice.Networks <= FewerNetworks * networks
                : choice.Utilization <= utilization - LeastGainPercent)
            .OrderBy(choice => double.IsNaN(choice.Utilization) ? 100 : choice.Utilization)
            .ThenBy(choice => choice.Networks)
            .ThenBy(choice => choice.Channel)
            .FirstOrDefault();
    }

    private static Dictionary<uint, ChannelChoice> Heard(HomeView home)
    {
        var sums = new SortedDictionary<uint, (double Load, double Count, uint Networks)>();
        foreach (NodeView node in home.Nodes)
        {
            foreach (var sum in node.Sums.TakeLast(HourGrid.Week))
            {
                if (sum?.Report.Survey is not { } survey)
                {
                    continue;
                }

                foreach (HeardRow row in sum.Rows)
                {
                    var known = sums.GetValueOrDefault(row.Channel);
                    sums[row.Channel] = (known.Load + (row.Load?.Sum ?? 0), known.Count + (row.Load?.Count ?? 0), Math.Max(known.Networks, row.ApCount));
                }

                foreach (int quiet in WifiChannels.FromMasks(survey.Quiet2G, survey.Quiet5G))
                {
                    sums.TryAdd((uint)quiet, default);
                }
            }
        }

        return sums.ToDictionary(channel => channel.Key, channel => new ChannelChoice(channel.Key, UtilizationOf(channel.Value), channel.Value.Networks));
    }

    // Where nobody is, nobody states a load either.
    private static double UtilizationOf((double Load, double Count, uint Networks) sum) =>
        sum.Count > 0 ? Scoring.WindowView.Percent(sum.Load / sum.Count) : sum.Networks == 0 ? 0 : double.NaN;
}
