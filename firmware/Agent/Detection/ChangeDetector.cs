using System;

namespace GatewayAgent.Detection;

/// <summary>
/// Learns what is usual for each metric, and tells when it has got worse for good. Fed with a value an hour.
///
/// <code>
///   learning ──enough hours──► watching ──S above threshold, some hours in a row──► alarm
///      ▲                          ▲                                                  │ │
///      │                          └─────────back for some hours in a row─────────────┘ │
///      └───────────────────────────────the new level has lasted for days───────────────┘
/// </code>
/// z is how much worse a value is than the baseline μ, in spreads, limited so that no single hour decides; S = max(0, S + z − k). The
/// baseline follows slowly, and not at all while S says that something is going on: a fade of weeks does not teach it.
///
/// The state of all metrics is one array of integers: an object a metric would cost three times as much. Not thread-safe.
/// </summary>
internal sealed class ChangeDetector
{
    /// <summary>Integers of state a metric.</summary>
    public const int Fields = 8;

    /// <summary>Offsets in the state of a metric. <see cref="Mean"/> and <see cref="Spread"/> are in 1/4096 of the unit.</summary>
    public const int Mean = 0, Spread = 1, Learned = 2, Sum = 3, Since = 4, Streak = 5, State = 6, Hours = 7;

    private const int Learning = 0, Watching = 1, Alarm = 2;

    // z, S, k and thresholds are in 1/16 of a spread. 1/16 of a unit are 256 steps of the mean.
    private const int One = 16, MeanSteps = 256;

    // Nearer to the baseline than to the least change worth telling.
    private const int Near = 10;

    private readonly int[] _state = new int[Metric.Count * Fields];
    private readonly byte[] _evidence = new byte[Metric.Count * Limits.EvidenceValues];
    private int _sensitivity, _hoursToAlarm, _hoursToClear;

    public ChangeDetector()
    {
        Apply(new DetectionSettings());
    }

    /// <summary>The state, to be kept over a reboot.</summary>
    public int[] States => _state;

    /// <summary>The last values of each metric, the newest last, coded as in <see cref="Evidence"/>; 0 = none.</summary>
    public byte[] Evidences => _evidence;

    public void Apply(DetectionSettings settings)
    {
        _sensitivity = settings.Sensitivity;
        _hoursToAlarm = settings.HoursToAlarm;
        _hoursToClear = settings.HoursToClear;
    }

    public bool IsAlarmed(int metric) => _state[At(metric) + State] == Alarm;

    /// <summary>Baseline in the unit of the metric.</summary>
    public int Baseline(int metric) => Metric.InUnit(metric, _state[At(metric) + Mean] / MeanSteps);

    /// <summary>Mean of the last hours, in the unit of the metric.</summary>
    public int Now(int metric) => Metric.InUnit(metric, Level(metric, Limits.LevelValues));

    /// <summary>How far the last hours are from the baseline, in tenths of the spread.</summary>
    public int Magnitude(int metric)
    {
        int at = At(metric);
        int away = Size((Level(metric, Limits.LevelValues) * MeanSteps) - _state[at + Mean]);
        return (int)((long)away * 10 / UsedSpread(at, metric));
    }

    /// <summary>Uptime since when the change holds, seconds; negative: before this boot.</summary>
    public int SinceSeconds(int metric, int now)
    {
        int at = At(metric);
        return IsAlarmed(metric) ? _state[at + Since] : now - (_state[at + Streak] * Limits.DetectionHourSeconds);
    }

    /// <summary>Ends an alarm without a word.</summary>
    public void Silence(int metric)
    {
        int at = At(metric);
        if (_state[at + State] == Alarm)
        {
            Enter(at, Watching);
        }
    }

    /// <summary>What began before an uptime began this much earlier.</summary>
    public void ShiftBefore(int uptime, int seconds)
    {
        for (int since = Since; since < _state.Length; since += Fields)
        {
            _state[since] -= _state[since] < uptime ? seconds : 0;
        }
    }

    /// <summary>Takes the value of an hour.</summary>
    /// <param name="metric">A number of <see cref="Metric"/>.</param>
    /// <param name="value">In 1/16 of its unit.</param>
    /// <param name="now">Uptime at the end of the hour, seconds.</param>
    public Change Step(int metric, int value, int now)
    {
        int at = At(metric);
        Remember(metric, value);
        if (_state[at + Sum] == 0 && _state[at + State] != Alarm)
        {
            _state[at + Since] = now - Limits.DetectionHourSeconds;
        }

        int away = (value * MeanSteps) - _state[at + Mean];
        int z = Limited(away / (UsedSpread(at, metric) / One));
        z = Metric.IsWorseWhenLower(metric) ? -z : z;
        switch (_state[at + State])
        {
            case Learning:
                Learn(at, metric, away, value);
                return Change.None;
            case Watching:
                return Watch(at, metric, away, z);
            default:
                return Await(at, metric, z);
        }
    }

    private static int At(int metric) => (metric - 1) * Fields;

    private static int Size(int number) => number < 0 ? -number : number;

    private int ThresholdOf(int metric) => Metric.Threshold(metric) * One * 100 / _sensitivity;

    private static int Limited(int z)
    {
        const int Most = Limits.DetectionLimit * One;
        return z > Most ? Most : z < -Most ? -Most : z;
    }

    private void Learn(int at, int metric, int away, int value)
    {
        if (_state[at + Learned] == 0)
        {
            _state[at + Mean] = value * MeanSteps;
            away = 0;
        }

        Follow(at, metric, away);
        if (_state[at + Learned] >= Limits.DetectionLearnHours)
        {
            Enter(at, Watching);
        }
    }

    // Mean and mean deviation: of all values at first, later with a fading memory. From the second day on a value counts as no farther
    // away than the limit.
    private void Follow(int at, int metric, int away)
    {
        int hours = _state[at + Learned];
        if (hours < Limits.DetectionMemoryHours)
        {
            hours++;
            _state[at + Learned] = hours;
        }

        int most = UsedSpread(at, metric) * Limits.DetectionLimit;
        if (hours > Limits.DetectionDayHours)
        {
            away = away > most ? most : away < -most ? -most : away;
        }

        _state[at + Mean] += away / hours;
        _state[at + Spread] += (Size(away) - _state[at + Spread]) / hours;
    }

    private Change Watch(int at, int metric, int away, int z)
    {
        int sum = _state[at + Sum] + z - Metric.Slack(metric), threshold = ThresholdOf(metric);
        sum = sum < 0 ? 0 : sum;
        _state[at + Sum] = sum;
        if (sum <= threshold / 4)
        {
            Follow(at, metric, away);
        }

        int better = z < -One ? 1 : _state[at + Hours] > 0 ? -1 : 0;
        _state[at + Hours] += better;
        if (_state[at + Hours] >= Limits.DetectionBetterHours)
        {
            Accept(at, metric);
        }

        _state[at + Streak] = sum > threshold ? _state[at + Streak] + 1 : 0;
        if (_state[at + Streak] < _hoursToAlarm)
        {
            return Change.None;
        }

        Enter(at, Alarm);
        return Change.Worse;
    }

    // The same sum the other way round: it grows with each hour that is near the baseline.
    private Change Await(int at, int metric, int z)
    {
        int sum = _state[at + Sum] + Near - z;
        _state[at + Sum] = sum < 0 ? 0 : sum;
        _state[at + Streak] = z < Near ? _state[at + Streak] + 1 : 0;
        _state[at + Hours]++;
        if (sum > ThresholdOf(metric) / 3 && _state[at + Streak] >= _hoursToClear)
        {
            int streak = _state[at + Streak];
            Enter(at, Watching);
            _state[at + Streak] = streak;
            return Change.Recovered;
        }

        if (_state[at + Hours] < Limits.DetectionAcceptHours)
        {
            return Change.None;
        }

        Accept(at, metric);
        return Change.Recovered;
    }

    // The level of the last hours is the baseline from now on. It is soon forgotten in favour of what follows.
    private void Accept(int at, int metric)
    {
        _state[at + Mean] = Level(metric, Limits.EvidenceValues) * MeanSteps;
        _state[at + Learned] = Limits.DetectionLearnHours / 2;
        Enter(at, Learning);
    }

    private void Enter(int at, int state)
    {
        _state[at + State] = state;
        _state[at + Sum] = 0;
        _state[at + Streak] = 0;
        _state[at + Hours] = 0;
    }

    private int UsedSpread(int at, int metric)
    {
        int least = Metric.LeastSpread(metric) * MeanSteps;
        return _state[at + Spread] > least ? _state[at + Spread] : least;
    }

    private void Remember(int metric, int value)
    {
        int first = (metric - 1) * Limits.EvidenceValues;
        Array.Copy(_evidence, first + 1, _evidence, first, Limits.EvidenceValues - 1);
        _evidence[first + Limits.EvidenceValues - 1] = Evidence.Code(metric, value);
    }

    // Mean of the last values, in 1/16 of the unit.
    private int Level(int metric, int most)
    {
        int last = (metric * Limits.EvidenceValues) - 1, sum = 0, count = 0;
        while (count < most && _evidence[last - count] != 0)
        {
            sum += Evidence.Sixteenths(metric, _evidence[last - count]);
            count++;
        }

        return count == 0 ? 0 : sum / count;
    }
}
