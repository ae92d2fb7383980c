using System.Globalization;
using GatewayAgent.Insight.Diagnosis;

namespace GatewayAgent.Bench.Diagnosis;

/// <summary>
/// What was said of homes while nothing of the kind was wrong. All that is said counts, not only what is ranked first, and anew when it is said again after
/// a look without it. What was so is no false alarm, whatever the home's trouble is called: see <see cref="Look.IsTrueOf"/>.
/// </summary>
internal sealed class FalseAlarms
{
    private const double HoursAYear = 365 * 24, HoursBetweenLooks = 6, HighConfidence = 0.75;

    private readonly List<Alarm> _false = [];
    private readonly int _homes;
    private readonly double _hours;
    private readonly int _true;

    /// <param name="lives">Homes.</param>
    /// <param name="counts">Looks in which nothing was wrong.</param>
    public FalseAlarms(IEnumerable<Life> lives, Predicate<Look> counts)
    {
        foreach (Life life in lives)
        {
            double? last = null;
            IReadOnlyList<Finding> before = [];
            foreach (Look look in life.Looks.Where(look => counts(look)))
            {
                _homes += last == null ? 1 : 0;
                _hours += Math.Min(HoursBetweenLooks, look.Hours - last ?? HoursBetweenLooks);
                last = look.Hours;
                foreach (Finding finding in look.Said.Where(finding => !before.Any(other => IsSame(other, finding))))
                {
                    _true += look.IsTrueOf(finding) ? 1 : 0;
                    if (!look.IsTrueOf(finding))
                    {
                        _false.Add(new Alarm(life, look, finding));
                    }
                }

                before = look.Said;
            }
        }
    }

    public void Print(TextWriter writer, string name)
    {
        if (_homes == 0)
        {
            return;
        }

        List<Alarm> sure = _false.FindAll(alarm => alarm.Finding.Confidence >= HighConfidence);
        double years = _hours / HoursAYear;
        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {Homes(_false)} of {_homes} called sick at any time, {Homes(sure)} with a confidence of {HighConfidence} or more"));
        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {_false.Count / years:0.00} false diagnoses a home and year in {years:0.0} years, {sure.Count / years:0.00} with that confidence; {_true} times something was said of what had no power"));
    }

    /// <summary>Each in its words.</summary>
    public void PrintEach(TextWriter writer)
    {
        foreach (Alarm alarm in _false)
        {
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{alarm.Life.Truth} {alarm.Life.Seed} {alarm.Look.Hours,5:0} h  {alarm.Finding.Cause} {alarm.Finding.Confidence:0.00}  {alarm.Finding.Summary}"));
        }
    }

    private static int Homes(IEnumerable<Alarm> alarms) => alarms.Select(alarm => alarm.Life).Distinct().Count();

    private static bool IsSame(Finding a, Finding b) => a.Cause == b.Cause && a.Node == b.Node;

    private sealed record Alarm(Life Life, Look Look, Finding Finding);
}
