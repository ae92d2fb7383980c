using GatewayAgent.Reporting;

namespace GatewayAgent.Merging;

/// <summary>
/// Makes one report of several adjacent ones: what is a count, a sum or a histogram adds up exactly, extremes are kept, the range of sequences
/// and the window widen. Works on encoded reports, into fixed buffers; allocates nothing after its construction. Not thread-safe.
/// </summary>
public sealed class ReportMerger
{
    private readonly ProtoReader _proto = new ProtoReader();
    private readonly ReportIdentity _report;
    private readonly Window _window = new Window(Limits.ChannelRowBytes);
    private readonly ReportHeader _header = new ReportHeader();
    private readonly ReportSum _sum;
    private readonly ReportWriter _writer = new ReportWriter();
    private uint _first, _last;
    private uint _start, _end;
    private uint _parts, _part;

    public ReportMerger()
    {
        _report = new ReportIdentity(_proto);
        _sum = new ReportSum(_proto, _window, _header);
        Begin();
    }

    /// <summary>Reports added since <see cref="Begin"/>.</summary>
    public int Added { get; private set; }

    /// <summary>The report that <see cref="Write"/> or <see cref="WriteNext"/> wrote, until the next call.</summary>
    public byte[] Buffer => _writer.Buffer;

    public int Length => _writer.Length;

    /// <summary>Channels are left for a further report.</summary>
    public bool HasMore => _writer.HasMore;

    /// <summary>Starts with nothing.</summary>
    public void Begin()
    {
        Added = 0;
        _sum.Clear();
    }

    /// <summary>Adds the next report.</summary>
    /// <returns>
    /// False, and nothing was added, when it is not adjacent to what was added (another boot, a gap, a further part without its first),
    /// malformed, from another kind of radio, of fields that this version does not know, or when a sum would not fit.
    /// </returns>
    public bool TryAdd(byte[] report, int offset, int length)
    {
        if (!_report.Read(report, offset, length) || !IsNext())
        {
            return false;
        }

        _proto.Open(report, offset, length);
        if (!_sum.Add(_report, false))
        {
            return false;
        }

        _proto.Open(report, offset, length);
        _sum.Add(_report, true);
        Widen();
        return true;
    }

    /// <summary>Writes the sum, or the first report of it when its channels do not fit in one.</summary>
    /// <returns>False when it takes more reports than were added, or does not fit at all: the originals are to be kept.</returns>
    public bool Write()
    {
        _header.SpanSeconds = _end - _start;
        _window.StartSeconds = _start;
        for (_parts = 1; _parts <= Added && _parts <= Limits.MergedParts; _parts++)
        {
            if (TakesParts())
            {
                return _parts == 1 || WritePart(0);
            }
        }

        return false;
    }

    /// <summary>Writes the next report of the sum; only when <see cref="HasMore"/>.</summary>
    public bool WriteNext() => WritePart(_part + 1);

    private bool IsNext()
    {
        if (Added == 0)
        {
            return _report.Part == 0 && _report.Span <= Limits.MergedSpanSeconds;
        }

        uint start = _report.Start < _start ? _report.Start : _start;
        uint end = _report.End > _end ? _report.End : _end;
        return _report.BootId == _header.BootId && _report.First == _last + 1 && end - start <= Limits.MergedSpanSeconds;
    }

    private void Widen()
    {
        if (Added == 0)
        {
            _header.BootId = _report.BootId;
            _first = _report.First;
            _start = _report.Start;
            _end = _report.End;
        }

        _last = _report.Sequence;
        _start = _report.Start < _start ? _report.Start : _start;
        _end = _report.End > _end ? _report.End : _end;
        Added++;
    }

    // How many reports it takes is part of what they state: tried out before the first is written for good.
    private bool TakesParts()
    {
        bool fits = WritePart(0);
        for (uint part = 1; fits && _writer.HasMore; part++)
        {
            fits = part < _parts && WritePart(part);
        }

        return fits && _part + 1 == _parts;
    }

    // The first one covers all sequences but those of the others.
    private bool WritePart(uint part)
    {
        _part = part;
        _header.Sequence = _last - (_parts - 1) + part;
        _header.Merged = part == 0 ? _header.Sequence - _first : 0;
        return part == 0 ? _writer.WriteFirst(_header, _window, _sum.Source) : _writer.WriteNext(_header, _window, _sum.Source, part);
    }
}
