using GatewayAgent.Ports;
using GatewayAgent.Statistics;

namespace GatewayAgent.Reporting;

/// <summary>
/// Encodes a window as one <c>Report</c> of agent.proto, or as several when its channels do not fit in one. Allocates nothing: the
/// bytes stay in <see cref="Buffer"/> until the next call.
/// </summary>
public sealed class ReportWriter
{
    /// <summary>Length of <see cref="MarkReplayed"/>.</summary>
    public const int ReplayedMarkBytes = 2;

    private const int ReplayedField = 15;

    private readonly ProtoWriter _proto = new ProtoWriter(Limits.ReportBytes);
    private readonly SurveyWriter _survey;

    public ReportWriter()
    {
        _survey = new SurveyWriter(_proto);
    }

    public byte[] Buffer => _proto.Buffer;

    public int Length => _proto.Length;

    /// <summary>Writes the first report of a window.</summary>
    /// <returns>False when it did not fit, which <see cref="Limits"/> rules out.</returns>
    public bool WriteFirst(ReportHeader header, Window window, RadioSource source)
    {
        _proto.Reset();
        Identity(header, window, 0);
        Link(window.Link, source, window.StartSeconds + header.SpanSeconds);
        Clients(window.Clients, source, window.StartSeconds + header.SpanSeconds);
        Latency(window.Gateway, window.Broker);
        Health(header, window);
        Losses(header.Losses);
        _survey.Begin(window, source);
        return !_proto.Overflowed;
    }

    /// <summary>True while channels of the window are left for a further report.</summary>
    public bool HasMore => _survey.HasMore;

    /// <summary>Writes the next report of the same window: the channels that found no room.</summary>
    /// <param name="part">1 for the second report of the window, and so on.</param>
    public bool WriteNext(ReportHeader header, Window window, RadioSource source, uint part)
    {
        _proto.Reset();
        Identity(header, window, part);
        _survey.Continue(window, source);
        return !_proto.Overflowed;
    }

    /// <summary>
    /// Marks an encoded report as replayed. Protobuf fields may stand in any order, so the mark is appended at <paramref name="length"/>.
    /// </summary>
    public static void MarkReplayed(byte[] report, int length)
    {
        report[length] = ReplayedField << 3;
        report[length + 1] = 1;
    }

    private void Identity(ReportHeader header, Window window, uint part)
    {
        _proto.Fixed32(1, header.BootId);
        _proto.Number(2, header.Sequence);
        _proto.Count(4, (uint)window.StartSeconds);
        _proto.Number(5, header.SpanSeconds);
        if (header.BootTime != 0)
        {
            _proto.Fixed32(6, header.BootTime);
        }

        _proto.Count(7, part);
        _proto.Count(8, header.Backlog);
    }

    private void Link(LinkStatistics link, RadioSource source, long end)
    {
        if (link.Samples == 0)
        {
            return;
        }

        int start = _proto.Begin(9);
        _proto.Count(1, (uint)source);
        _proto.Count(2, AgeOf(link.MeasuredAt, end, Limits.SamplePeriodMs));
        Histogram(3, link.Rssi);
        _proto.Count(4, (uint)link.Channel);
        if (source == RadioSource.Native)
        {
            _proto.Number(5, (uint)link.Disconnects);
        }

        _proto.Count(6, (uint)link.LastReason);
        _proto.Count(7, (uint)link.SamplesWithoutRssi);
        _proto.End(start);
    }

    private void Clients(ClientStatistics clients, RadioSource source, long end)
    {
        if (clients.Count.Samples == 0)
        {
            return;
        }

        int start = _proto.Begin(10);
        _proto.Count(1, source == RadioSource.Native ? 0u : (uint)RadioSource.StockEvent);
        _proto.Count(2, AgeOf(clients.MeasuredAt, end, Limits.StationPeriodMs));
        _proto.Count(3, (uint)clients.Count.Samples);
        _proto.Count(4, (uint)clients.Count.Sum);
        _proto.Count(5, (uint)clients.Count.Min);
        _proto.Count(6, (uint)clients.Count.Max);
        Histogram(7, clients.Rssi);
        _proto.Count(8, (uint)clients.RssiUnknown);
        _proto.End(start);
    }

    private void Latency(LatencyStatistics gateway, LatencyStatistics broker)
    {
        if (!gateway.IsMeasured && !broker.IsMeasured)
        {
            return;
        }

        int start = _proto.Begin(11);
        Histogram(1, gateway.Milliseconds);
        _proto.Count(2, (uint)gateway.Failures);
        Histogram(3, broker.Milliseconds);
        _proto.Count(4, (uint)broker.Failures);
        _proto.End(start);
    }

    private void Health(ReportHeader header, Window window)
    {
        int start = _proto.Begin(12);
        _proto.Known(1, window.ManagedFreeKib);
        _proto.Known(2, window.NativeFreeKib);
        _proto.Count(3, header.ResetCause);
        _proto.Count(4, (uint)window.OffChannelMs);
        _proto.Count(5, header.SentBytes);
        _proto.End(start);
    }

    private void Losses(Losses losses)
    {
        if (!losses.Any)
        {
            return;
        }

        int start = _proto.Begin(14);
        _proto.Count(1, losses.Reports);
        _proto.Count(2, losses.ReportSeconds);
        _proto.Count(3, losses.Unconfirmed);
        _proto.Count(4, losses.SamplesMissed);
        _proto.Count(5, losses.RoundTripsDropped);
        _proto.End(start);
    }

    // What was measured in the last period before the end is fresh.
    private static uint AgeOf(long measuredAt, long end, int periodMs)
    {
        long age = end - measuredAt;
        return measuredAt < 0 || age <= periodMs / 1000 ? 0u : (uint)age;
    }

    private void Histogram(int field, Histogram histogram)
    {
        int first = histogram.First, end = histogram.End;
        if (first == end)
        {
            return;
        }

        int start = _proto.Begin(field);
        _proto.Element((uint)first);
        for (int bin = first; bin < end; bin++)
        {
            _proto.Element((uint)histogram[bin]);
        }

        _proto.End(start);
    }
}
