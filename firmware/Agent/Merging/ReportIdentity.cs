using GatewayAgent.Reporting;

namespace GatewayAgent.Merging;

/// <summary>
/// What an encoded <c>Report</c> of agent.proto says of itself, beside what was measured. Looks at the fields of the top level only; fields
/// that it does not know are skipped, and of two values the last holds. Allocates nothing.
/// </summary>
public sealed class ReportIdentity
{
    private const int BootIdField = 1, SequenceField = 2, MergedField = 3, StartField = 4, SpanField = 5, PartField = 7;

    private readonly ProtoReader _proto;

    public ReportIdentity()
        : this(new ProtoReader())
    {
    }

    /// <param name="proto">A reader to share.</param>
    internal ReportIdentity(ProtoReader proto)
    {
        _proto = proto;
    }

    public uint BootId { get; private set; }

    /// <summary>The last sequence that the report covers.</summary>
    public uint Sequence { get; private set; }

    public uint Merged { get; private set; }

    /// <summary>Start of the window, seconds of uptime.</summary>
    public uint Start { get; private set; }

    /// <summary>Length of the window, seconds.</summary>
    public uint Span { get; private set; }

    public uint Part { get; private set; }

    /// <summary>The first sequence that the report covers.</summary>
    public uint First => Sequence - Merged;

    /// <summary>End of the window, seconds of uptime.</summary>
    public uint End => Start + Span;

    /// <returns>
    /// False when this is no report: malformed, without boot or sequence, with a range that begins before 1 or a window that ends beyond
    /// 32 bits. The properties are then of no use.
    /// </returns>
    public bool Read(byte[] report, int offset, int length)
    {
        BootId = 0;
        Sequence = 0;
        Merged = 0;
        Start = 0;
        Span = 0;
        Part = 0;
        _proto.Open(report, offset, length);
        while (_proto.Next())
        {
            if (!Take(_proto.Field))
            {
                return false;
            }
        }

        return !_proto.IsBroken && BootId != 0 && Merged < Sequence && End >= Start;
    }

    private bool Take(int field)
    {
        switch (field)
        {
            case BootIdField:
                BootId = _proto.Value;
                return _proto.IsFixed32;
            case SequenceField:
                Sequence = _proto.Value;
                return _proto.IsNumber;
            case MergedField:
                Merged = _proto.Value;
                return _proto.IsNumber;
            case StartField:
                Start = _proto.Value;
                return _proto.IsNumber;
            case SpanField:
                Span = _proto.Value;
                return _proto.IsNumber;
            case PartField:
                Part = _proto.Value;
                return _proto.IsNumber;
            default:
                return true;
        }
    }
}
