using GatewayAgent.Ports;
using GatewayAgent.Statistics;

namespace GatewayAgent.Reporting;

/// <summary>
/// Encodes a window as one <c>Report</c> of agent.proto, or as several when its channels do not fit in one. Allocates nothing: the
/// bytes stay in <see cref="Buffer"/> until the next call.
/// </summary>
public sealed class ReportWriter
{
    private const int BootTimeField = 6, BacklogField = 8, ReplayedField = 15;
    private const int WireVarint = 0, WireFixed32 = 5;

    private readonly ProtoWriter _proto = new ProtoWriter(Limits.ReportBytes);
    private readonly SurveyWriter _survey;

    public ReportWriter()
    {
        _survey = new SurveyWriter(_proto);
    }

    public byte[] Buffer => _proto.Buffer;

    public int Length => _proto.Length;

    /// <summary>Writes the first report of a window.</summary>
    /// <returns>False when it did not fit, which <see cref="Limits"/> rules out for all but merged windows.</returns>
    public bool WriteFirst(ReportHeader header, Window window, RadioSource source)
    {
        _proto.Reset();
        Identity(header, window, 0);
        Link(window.Link, source, window.StartSeconds + header.SpanSeconds);
        Clients(window.Clients, window.StartSeconds + header.SpanSeconds);
        Latency(window.Gateway, window.Broker);
        Health(header, window);
        Losses(header.Losses);
        _survey.Begin(window, source);
        return Fits;
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
        return Fits;
    }

    private bool Fits => !_proto.Overflowed && Length <= Limits.ReportBytes - Limits.StatedAnewBytes;

    /// <summary>
    /// Appends what is stated anew with each transmission. Protobuf fields may stand in any order and twice: the last value holds.
    /// </summary>
    /// <param name="report">An encoded report, with <see cref="Limits.StatedAnewBytes"/> free behind it.</param>
    /// <param name="length">Its length.</param>
    /// <param name="backlog">Sequences before its own range that the node still holds unacknowledged.</param>
    /// <param name="bootTime">Unix seconds of the boot, 0 = unknown: what it stated when it closed holds.</param>
    /// <param name="replayed">It is not live.</param>
    /// <returns>The new length.</returns>
    public static int StateAnew(byte[] report, int length, uint backlog, uint bootTime, bool replayed)
    {
        if (bootTime != 0)
        {
            report[length++] = (BootTimeField << 3) | WireFixed32;
            for (int shift = 0; shift < 32; shift += 8)
            {
                report[length++] = (byte)(bootTime >> shift);
            }
        }

        if (backlog != 0)
        {
            length = Number(report, length, BacklogField, backlog);
        }

        return replayed ? Number(report, length, ReplayedField, 1) : length;
    }

    private static int Number(byte[] report, int at, int field, uint value)
    {
        report[at++] = (byte)((field << 3) | WireVarint);
        while (value >= 0x80)
        {
            report[at++] = (byte)(value | 0x80);
            value >>= 7;
        }

        report[at++] = (byte)value;
        return at;
    }

    private void Identity(ReportHeader header, Window window, uint part)
    {
        _proto.Fixed32(1, header.BootId);
        _proto.Number(2, header.Sequence);
        _proto.Count(3, header.Merged);
        _proto.Count(4, (uint)window.StartSeconds);
        _proto.Number(5, header.SpanSeconds);
        if (header.BootTime != 0)
        {
            _proto.Fixed32(BootTimeField, header.BootTime);
        }

        _proto.Count(7, part);
    }

    private void Link(LinkStatistics link, RadioSource source, long end)
    {
        if (!link.IsMeasured)
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
            _proto.Number(5, link.Disconnects);
        }

        _proto.Count(6, (uint)link.LastReason);
        _proto.Count(7, link.SamplesWithoutRssi);
        if (link.HasAp)
        {
            _proto.Fixed32(8, link.Ap);
        }

        _proto.End(start);
    }

    private void Clients(ClientStatistics clients, long end)
    {
        if (clients.Count.Samples == 0)
        {
            return;
        }

        int start = _proto.Begin(10);
        _proto.Count(1, (uint)clients.Source);
        _proto.Count(2, AgeOf(clients.MeasuredAt, end, Limits.StationPeriodMs));
        _proto.Count(3, clients.Count.Samples);
        _proto.Count(4, clients.Count.Sum);
        _proto.Count(5, clients.Count.Min);
        _proto.Count(6, clients.Count.Max);
        Histogram(7, clients.Rssi);
        _proto.Count(8, clients.RssiUnknown);
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
        _proto.Count(2, gateway.Failures);
        Histogram(3, broker.Milliseconds);
        _proto.Count(4, broker.Failures);
        _proto.End(start);
    }

    private void Health(ReportHeader header, Window window)
    {
        if (!header.HasHealth)
        {
            return;
        }

        int start = _proto.Begin(12);
        _proto.Known(1, window.ManagedFreeKib);
        _proto.Known(2, window.NativeFreeKib);
        _proto.Count(3, header.ResetCause);
        _proto.Count(4, window.OffChannelMs);
        _proto.Count(5, header.SentBytes);
        _proto.Count(6, header.ThreadRestarts);
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
        _proto.Count(6, losses.Restarts);
        _proto.Count(7, losses.RestartSeconds);
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
            _proto.Element(histogram[bin]);
        }

        _proto.End(start);
    }
}
