namespace GatewayAgent.Protocol;

/// <summary>What an event must hold to be kept.</summary>
public static class EventValidator
{
    /// <summary>Everything that cannot be; empty when all is well.</summary>
    public static IReadOnlyList<Problem> Check(Event e)
    {
        var problems = new List<Problem>();
        AddIf(e.BootId == 0, "boot_id", e.BootId, "is never 0");
        AddIf(e.Sequence == 0, "sequence", e.Sequence, "counts from 1");
        AddIf(e.SinceS > e.AtS, "since_s", e.SinceS, $"later than at_s {e.AtS}");
        AddIf(e.BeforeBootS > 0 && e.SinceS > 0, "since_s", e.SinceS, "is 0 when it began before the boot");
        AddIf(e.HasBootTime && e.BootTime == 0, "boot_time", e.BootTime, "unknown is absent, not 0");
        return problems;

        void AddIf(bool isWrong, string field, uint value, string reason)
        {
            if (isWrong)
            {
                problems.Add(new Problem(field, $"{value}", reason));
            }
        }
    }
}
