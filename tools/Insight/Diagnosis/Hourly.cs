namespace GatewayAgent.Insight.Diagnosis;

/// <summary>The hours that a home is looked at, oldest first; the last is that of the assessment and may not be over.</summary>
internal sealed class HourGrid
{
    public const int Day = 24, Week = 7 * Day;

    private readonly byte[] _hourOfDay;
    private readonly bool[] _isWeekend;

    /// <param name="start">Start of the first hour, UTC.</param>
    /// <param name="count">Hours.</param>
    /// <param name="zone">Of the clock in the home.</param>
    public HourGrid(DateTimeOffset start, int count, TimeZoneInfo zone)
    {
        (Start, Count) = (start, count);
        _hourOfDay = new byte[count];
        _isWeekend = new bool[count];
        for (int hour = 0; hour < count; hour++)
        {
            DateTimeOffset there = TimeZoneInfo.ConvertTime(At(hour), zone);
            _hourOfDay[hour] = (byte)there.Hour;
            _isWeekend[hour] = there.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        }
    }

    public DateTimeOffset Start { get; }

    public int Count { get; }

    public DateTimeOffset At(int hour) => Start.AddHours(hour);

    /// <summary>May be outside.</summary>
    public int IndexOf(DateTimeOffset moment) => (int)Math.Floor((moment - Start).TotalHours);

    public int HourOfDay(int hour) => _hourOfDay[hour];

    public bool IsWeekend(int hour) => _isWeekend[hour];
}

/// <summary>A value for each hour; NaN = unknown. Not to be changed once it is asked for what several rules ask for.</summary>
internal sealed class Hourly
{
    private readonly double[] _values;
    private readonly Dictionary<double, Shift?> _shifts = [];
    private Hourly? _withoutTimeOfDay, _busyHours;

    public Hourly(HourGrid grid)
    {
        Grid = grid;
        _values = new double[grid.Count];
        Array.Fill(_values, double.NaN);
    }

    public Hourly(HourGrid grid, Func<int, double> valueOf)
    {
        Grid = grid;
        _values = new double[grid.Count];
        for (int i = 0; i < _values.Length; i++)
        {
            _values[i] = valueOf(i);
        }
    }

    public HourGrid Grid { get; }

    public ReadOnlySpan<double> All => _values;

    /// <summary>Number of hours that are known.</summary>
    public int Known => Numbers.CountKnown(_values);

    public bool IsKnown => Known > 0;

    public double this[int hour]
    {
        get => _values[hour];
        set => _values[hour] = value;
    }

    /// <summary>The last hours.</summary>
    public ReadOnlySpan<double> Last(int hours) => _values.AsSpan(Math.Max(0, _values.Length - hours));

    /// <summary>All but the last hours.</summary>
    public ReadOnlySpan<double> Before(int hours) => _values.AsSpan(0, Math.Max(0, _values.Length - hours));

    public ReadOnlySpan<double> From(int hour) => _values.AsSpan(Math.Clamp(hour, 0, _values.Length));

    public ReadOnlySpan<double> Until(int hour) => _values.AsSpan(0, Math.Clamp(hour, 0, _values.Length));

    /// <summary>The index of the newest known value; −1 = none.</summary>
    public int Newest
    {
        get
        {
            int newest = _values.Length - 1;
            while (newest >= 0 && double.IsNaN(_values[newest]))
            {
                newest--;
            }

            return newest;
        }
    }

    /// <summary>The known values of the last weeks, for an evidence: as many as a page draws, one of several hours where there are more.</summary>
    public IReadOnlyList<Point> Points(int hours = 2 * HourGrid.Week, int most = 336)
    {
        int first = Math.Max(0, _values.Length - hours), step = Math.Max(1, (_values.Length - first + most - 1) / most);
        var points = new List<Point>();
        for (int i = first; i < _values.Length; i += step)
        {
            double value = Numbers.Median(_values.AsSpan(i, Math.Min(step, _values.Length - i)));
            if (!double.IsNaN(value))
            {
                points.Add(new Point(Grid.At(i), Math.Round(value, 2)));
            }
        }

        return points;
    }

    /// <summary>
    /// The same without what repeats every day: from each hour the usual difference of its time of day from the median of its day is taken. Days off are
    /// taken for themselves when there are two weeks of hours.
    /// </summary>
    public Hourly WithoutTimeOfDay() => _withoutTimeOfDay ??= Grid.Count < 3 * HourGrid.Day ? this : new Hourly(Grid, Less(Usual()));

    /// <summary>As <see cref="WithoutTimeOfDay"/>, and only the times of day that are usually the busier half: at night neighbours sleep, too.</summary>
    public Hourly BusyHours() => _busyHours ??= OnlyBusyHours();

    /// <summary>As <see cref="Shift.Find"/>.</summary>
    public Shift? ShiftOf(double least)
    {
        if (!_shifts.TryGetValue(least, out Shift? shift))
        {
            _shifts.Add(least, shift = Shift.Find(this, least));
        }

        return shift;
    }

    private Hourly OnlyBusyHours()
    {
        if (Grid.Count < 3 * HourGrid.Day)
        {
            return this;
        }

        double[] usual = Usual();
        bool splits = Splits;
        double half = Numbers.Median(usual.AsSpan(0, HourGrid.Day));
        Func<int, double> less = Less(usual);
        return new Hourly(Grid, i => usual[SlotOf(i, splits)] >= half ? less(i) : double.NaN);
    }

    private bool Splits => Grid.Count >= 2 * HourGrid.Week;

    private Func<int, double> Less(double[] usual)
    {
        bool splits = Splits;
        return i => _values[i] - usual[SlotOf(i, splits)];
    }

    // The usual difference of each time of day from the median of its day.
    private double[] Usual()
    {
        double[] ofDay = DayMedians();
        bool splits = Splits;
        var slots = new List<double>[2 * HourGrid.Day];
        for (int i = 0; i < _values.Length; i++)
        {
            if (!double.IsNaN(_values[i]))
            {
                (slots[SlotOf(i, splits)] ??= []).Add(_values[i] - ofDay[i / HourGrid.Day]);
            }
        }

        return [.. slots.Select(slot => slot == null ? 0 : Numbers.Median(slot))];
    }

    private int SlotOf(int hour, bool splits) => Grid.HourOfDay(hour) + (splits && Grid.IsWeekend(hour) ? HourGrid.Day : 0);

    private double[] DayMedians()
    {
        double[] medians = new double[(_values.Length / HourGrid.Day) + 1];
        for (int day = 0; day < medians.Length; day++)
        {
            int first = day * HourGrid.Day;
            medians[day] = Numbers.Median(_values.AsSpan(first, Math.Min(HourGrid.Day, _values.Length - first)));
        }

        return medians;
    }
}
