namespace GatewayAgent.Protocol.Merging;

/// <summary>
/// The time that several reports cover, on one axis: the uptimes of one boot after those of the boot before. Within a boot from the first start
/// to the last end, as the firmware's merger counts it; the parts of a window cover the same time.
/// </summary>
internal sealed class SpanSum
{
    private bool _isEmpty = true;
    private long _secondsBefore, _start, _end, _shift;

    /// <summary>Uptime of the first report of the first boot.</summary>
    public uint StartS { get; private set; }

    /// <summary>Time covered.</summary>
    public uint Seconds => (uint)Math.Min(uint.MaxValue, _secondsBefore + _end - _start);

    /// <summary>Where the newest report ends, on the axis.</summary>
    public long End => _end + _shift;

    /// <summary>Where a report of the newest boot ends, on the axis.</summary>
    public long PositionOf(Report report) => EndOf(report) + _shift;

    public void Add(Report report, bool isNewBoot)
    {
        if (isNewBoot)
        {
            BeginBoot(report);
        }

        _start = Math.Min(_start, report.StartS);
        _end = Math.Max(_end, EndOf(report));
        StartS = _secondsBefore == 0 ? (uint)_start : StartS;
    }

    private void BeginBoot(Report report)
    {
        _secondsBefore += _isEmpty ? 0 : _end - _start;
        _shift = _isEmpty ? 0 : _end + _shift - report.StartS;
        _isEmpty = false;
        _start = report.StartS;
        _end = EndOf(report);
    }

    private static long EndOf(Report report) => (long)report.StartS + report.SpanS;
}
