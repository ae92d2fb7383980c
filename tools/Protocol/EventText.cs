using System.Globalization;

namespace GatewayAgent.Protocol;

/// <summary>An event as a line for people: <c>backhaul median fell from -61 to -79 dBm since 2026-03-02T08:00:00Z</c>.</summary>
public static class EventText
{
    /// <summary>The line, without the node's name, which the payload does not hold.</summary>
    public static string Line(Event e)
    {
        MetricWords words = MetricWords.Of(e.Metric);
        string change = e.Recovered
            ? $"{words.Name} is back from {words.Value(e.Baseline)} to {words.Value(e.Now)} {words.Unit}, {Since(e)}"
            : $"{words.Name} {(e.Now < e.Baseline ? "fell" : "rose")} from {words.Value(e.Baseline)} to {words.Value(e.Now)} {words.Unit} {Since(e)}";
        return e.Suppressed == 0 ? change : string.Create(CultureInfo.InvariantCulture, $"{change} ({e.Suppressed} more were held back)");
    }

    /// <summary>Several lines, each ended with a newline; problems, if any, stand last.</summary>
    public static string Write(Reading<Event> reading)
    {
        IEnumerable<string> lines = reading.Problems.Select(problem => $"{"problem",-9}{problem}");
        return string.Concat((reading.Message is { } e ? Lines(e) : []).Concat(lines).Select(line => $"{line}\n"));
    }

    private static IEnumerable<string> Lines(Event e)
    {
        MetricWords words = MetricWords.Of(e.Metric);
        yield return Line(e);
        yield return Inv($"{"event",-9}{e.Sequence} of boot {e.BootId:x8}, told at uptime {e.AtS} s, {e.Magnitude / 10.0:0.0} usual spreads");
        yield return Inv($"{"evidence",-9}{string.Join(' ', e.Evidence.Select(words.Value))} {words.Unit}, oldest first");
        if (e.HasStation)
        {
            yield return Inv($"{"station",-9}{e.Station:x8} is the weakest");
        }
    }

    private static string Since(Event e)
    {
        if (e.HasBootTime)
        {
            DateTimeOffset since = DateTimeOffset.FromUnixTimeSeconds(e.BootTime + (long)e.SinceS - e.BeforeBootS);
            return Inv($"since {since:yyyy-MM-dd'T'HH:mm:ss'Z'}");
        }

        return e.BeforeBootS > 0 ? Inv($"since {e.BeforeBootS} s before the boot") : Inv($"since uptime {e.SinceS} s");
    }

    private static string Inv(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
