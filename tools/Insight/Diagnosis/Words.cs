using System.Globalization;

namespace GatewayAgent.Insight.Diagnosis;

/// <summary>Numbers and times as people say them.</summary>
internal static class Words
{
    private const char Minus = '−';
    private const string Night = "night";

    /// <summary>A text with its numbers written the same everywhere.</summary>
    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>−79 dBm.</summary>
    public static string Dbm(double value) => $"{Signed(value)} dBm";

    /// <summary>From −61 to −79 dBm.</summary>
    public static string DbmChange(double before, double now) => $"from {Signed(before)} to {Signed(now)} dBm";

    /// <summary>35 %.</summary>
    public static string Percent(double value) => $"{Whole(value)} %";

    public static string PercentChange(double before, double now) => $"from {Whole(before)} to {Whole(now)} %";

    public static string Whole(double value) => Math.Round(value).ToString("0", CultureInfo.InvariantCulture);

    /// <summary>2.5; whole from ten on.</summary>
    public static string Short(double value) => Math.Abs(value) >= 10 ? Whole(value) : value.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>"40 minutes", "3 hours", "5 days".</summary>
    public static string Duration(TimeSpan time) => time.TotalMinutes < 90
        ? Count(time.TotalMinutes, "minute")
        : time.TotalHours < 48 ? Count(time.TotalHours, "hour") : Count(time.TotalDays, "day");

    /// <summary>"1 node", "3 nodes".</summary>
    public static string Count(double number, string what) =>
        Math.Round(number) == 1 ? $"1 {what}" : $"{Whole(number)} {what}{(what.EndsWith("sh", StringComparison.Ordinal) ? "es" : "s")}";

    /// <summary>
    /// "this morning", "yesterday evening", "on Tuesday evening", "on 3 March", by the clock in the home; where that is not known, "on Tuesday at 19:00 UTC".
    /// </summary>
    public static string When(DateTimeOffset moment, DateTimeOffset now, TimeZoneInfo? zone)
    {
        DateTimeOffset there = TimeZoneInfo.ConvertTime(moment, zone ?? TimeZoneInfo.Utc), today = TimeZoneInfo.ConvertTime(now, zone ?? TimeZoneInfo.Utc);
        int days = (today.Date - there.Date).Days;
        string weekday = there.ToString("dddd", CultureInfo.InvariantCulture), part = PartOfDay(there.Hour);
        if (days >= 7)
        {
            return $"on {there.ToString(there.Year == today.Year ? "d MMMM" : "d MMMM yyyy", CultureInfo.InvariantCulture)}";
        }

        if (zone == null)
        {
            string day = days <= 0 ? "today" : days == 1 ? "yesterday" : $"on {weekday}";
            return $"{day} at {there.ToString("HH:mm", CultureInfo.InvariantCulture)} UTC";
        }

        return (days, part) switch
        {
            ( <= 0, Night) => "early this morning",
            ( <= 0, _) => $"this {part}",
            (1, Night) => "early yesterday morning",
            (1, _) => $"yesterday {part}",
            (_, Night) => $"early on {weekday}",
            _ => $"on {weekday} {part}",
        };
    }

    /// <summary>The same after "since" or "until".</summary>
    public static string Since(string when) => when.StartsWith("on ", StringComparison.Ordinal) ? when[3..] : when;

    /// <summary>"the nodes bedroom and attic".</summary>
    public static string List(IReadOnlyList<string> names) =>
        names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}";

    private static string Signed(double value) =>
        Math.Round(value) < 0 ? Minus + Whole(-value) : Whole(value);

    private static string PartOfDay(int hour) => hour switch
    {
        < 6 => Night,
        < 12 => "morning",
        < 18 => "afternoon",
        _ => "evening",
    };
}
