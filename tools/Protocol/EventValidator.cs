namespace GatewayAgent.Protocol;

/// <summary>What an event must hold to be kept.</summary>
public static class EventValidator
{
    /// <summary>Everything that cannot be; empty when all is well.</summary>
    public static IReadOnlyList<Problem> Check(Event e)
    {
        var problems = new List<Problem>();
        if (e.BootId == 0)
        {
            problems.Add(new Problem("boot_id", "0", "is never 0"));
        }

        if (e.Sequence == 0)
        {
            problems.Add(new Problem("sequence", "0", "counts from 1"));
        }

        if (e.SinceS > e.AtS)
        {
            problems.Add(new Problem("since_s", $"{e.SinceS}", $"later than at_s {e.AtS}"));
        }

        return problems;
    }
}
