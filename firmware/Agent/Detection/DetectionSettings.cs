namespace GatewayAgent.Detection;

/// <summary>How changes are looked for and told. Plain values; <see cref="Validate"/> decides whether they can be used, as a whole.</summary>
public sealed class DetectionSettings
{
    public bool Enabled { get; set; } = true;

    /// <summary>Metrics that are watched: bit n = metric n of agent.proto. All by default.</summary>
    public int Metrics { get; set; } = Limits.DetectionMetrics;

    /// <summary>Per cent, 25–400: 200 halves what has to add up before an alarm, 50 doubles it.</summary>
    public int Sensitivity { get; set; } = 100;

    /// <summary>Hours in a row above the threshold that make an alarm, 1–24.</summary>
    public int HoursToAlarm { get; set; } = Limits.DetectionAlarmHours;

    /// <summary>Hours in a row near the baseline that end it, 1–48.</summary>
    public int HoursToClear { get; set; } = Limits.DetectionClearHours;

    /// <summary>Events an hour that are sent at most, 1–60; further ones wait and merge.</summary>
    public int EventsPerHour { get; set; } = Limits.EventsPerHour;

    /// <returns>Null when all is well, or the field and what is wrong with it.</returns>
    public string Validate()
    {
        return ((Metrics & ~Limits.DetectionMetrics) != 0 ? "metrics: " + Metrics.ToString() + " names metrics that do not exist" : null)
            ?? Range("sensitivity", Sensitivity, Limits.SensitivityMin, Limits.SensitivityMax)
            ?? Range("hoursToAlarm", HoursToAlarm, 1, Limits.AlarmHoursMax)
            ?? Range("hoursToClear", HoursToClear, 1, Limits.ClearHoursMax)
            ?? Range("eventsPerHour", EventsPerHour, 1, Limits.EventsPerHourMax);
    }

    private static string Range(string field, int value, int least, int most) =>
        value >= least && value <= most
            ? null
            : field + ": " + value.ToString() + " is not within " + least.ToString() + "–" + most.ToString();
}
