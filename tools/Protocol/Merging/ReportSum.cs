namespace GatewayAgent.Protocol.Merging;

/// <summary>
/// Makes one report of several of a node, by the rules of agent.proto: counts, sums and histograms add up, extremes are kept, and where only one
/// value can stand the newest does. Does on the host what the firmware's merger does, and takes what that refuses: gaps, several boots, any size.
/// </summary>
/// <remarks>
/// Over several boots the boot, its range of sequences and its boot_time are those of the newest. start_s + span_s is then no uptime: span_s is the time
/// that the reports cover, of all boots together. A group whose source changes starts anew: values of two kinds are not added.
/// </remarks>
public sealed class ReportSum
{
    // Younger than this is fresh, and its age is not stated.
    private const long LinkFreshS = 1, ClientsFreshS = 10;

    private readonly HistogramSum _linkRssi = new(HistogramScale.Rssi);
    private readonly HistogramSum _clientsRssi = new(HistogramScale.Rssi);
    private readonly HistogramSum _gateway = new(HistogramScale.Latency);
    private readonly HistogramSum _broker = new(HistogramScale.Latency);
    private readonly SurveySum _survey = new();
    private readonly SpanSum _span = new();
    private readonly Report _sum = new();
    private uint _first;
    private long? _linkMeasuredAt, _clientsMeasuredAt;

    /// <summary>Reports added.</summary>
    public int Added { get; private set; }

    /// <summary>One report of several, oldest first; null when there is none.</summary>
    public static Report? Of(IEnumerable<Report> reports)
    {
        var sum = new ReportSum();
        foreach (Report report in reports)
        {
            sum.Add(report);
        }

        return sum.Added == 0 ? null : sum.ToReport(out _);
    }

    /// <summary>Adds the next report.</summary>
    public void Add(Report report)
    {
        IReadOnlyList<HeardRow> rows = [];
        if (report.Survey != null)
        {
            HeardRows.TryRead(report.Survey.Heard, out rows, out _);
        }

        Add(report, rows);
    }

    /// <summary>Adds the next report, the channels of which were read.</summary>
    /// <param name="report">Not older than those before it. Of a further part only the survey counts. Not changed.</param>
    /// <param name="rows">The channels of its survey.</param>
    public void Add(Report report, IReadOnlyList<HeardRow> rows)
    {
        AddIdentity(report);
        if (report.Survey != null)
        {
            _survey.Add(report.Survey, rows);
        }

        if (report.Part == 0)
        {
            AddLink(report);
            AddClients(report);
            AddLatency(report.Latency);
            AddHealth(report.Health);
            AddLosses(report.Losses);
        }

        Added++;
    }

    /// <summary>The sum so far; it may be longer than what a node sends.</summary>
    /// <param name="rows">The channels of its survey.</param>
    public Report ToReport(out IReadOnlyList<HeardRow> rows)
    {
        Report report = _sum.Clone();
        report.Merged = _sum.Sequence - _first;
        report.StartS = _span.StartS;
        report.SpanS = _span.Seconds;
        rows = [];
        if (!_survey.IsEmpty)
        {
            report.Survey = _survey.ToSurvey(out rows);
        }

        WriteLink(report.Link);
        WriteClients(report.Clients);
        if (report.Latency != null)
        {
            _gateway.WriteTo(report.Latency.GatewayHistogram);
            _broker.WriteTo(report.Latency.BrokerHistogram);
        }

        return report;
    }

    private void AddIdentity(Report report)
    {
        bool isNewBoot = Added == 0 || report.BootId != _sum.BootId;
        if (isNewBoot)
        {
            // What counts from boot counts anew; what is kept over boots is not less than before.
            _sum.Losses = _sum.Losses is { } losses ? OfNodesLife(losses) : null;
            _sum.ClearBootTime();
            _sum.BootId = report.BootId;
            _sum.Sequence = report.Sequence;
            _first = report.Sequence - Math.Min(report.Merged, report.Sequence);
        }

        _span.Add(report, isNewBoot);
        _sum.Sequence = Math.Max(_sum.Sequence, report.Sequence);
        _first = Math.Min(_first, report.Sequence - Math.Min(report.Merged, report.Sequence));
        if (report.HasBootTime && report.BootTime != 0)
        {
            _sum.BootTime = report.BootTime;
        }
    }

    private static Losses? OfNodesLife(Losses losses) =>
        losses.Restarts == 0 ? null : new Losses { Restarts = losses.Restarts, RestartSeconds = losses.RestartSeconds };

    private void AddLink(Report report)
    {
        if (report.Link is not { } link)
        {
            return;
        }

        if (_sum.Link == null || _sum.Link.Source != link.Source)
        {
            _sum.Link = new Link { Source = link.Source };
            _linkRssi.Clear();
            _linkMeasuredAt = null;
        }

        bool hasSamples = _linkRssi.Add(link.RssiHistogram);
        _linkMeasuredAt = Newest(_linkMeasuredAt, hasSamples || link.HasAgeS, report, link.AgeS);
        _sum.Link.SamplesWithoutRssi = _sum.Link.SamplesWithoutRssi.Plus(link.SamplesWithoutRssi);
        if (link.HasDisconnects)
        {
            _sum.Link.Disconnects = _sum.Link.Disconnects.Plus(link.Disconnects);
        }

        KeepNewest(link, _sum.Link);
    }

    private static void KeepNewest(Link link, Link sum)
    {
        if (link.HasChannel && link.Channel != 0)
        {
            sum.Channel = link.Channel;
        }

        if (link.HasLastReason && link.LastReason != 0)
        {
            sum.LastReason = link.LastReason;
        }

        if (link.HasAp)
        {
            sum.Ap = link.Ap;
        }
    }

    private void AddClients(Report report)
    {
        if (report.Clients is not { Samples: > 0 } clients)
        {
            return;
        }

        if (_sum.Clients == null || _sum.Clients.Source != clients.Source)
        {
            _sum.Clients = new Clients { Source = clients.Source, CountMin = clients.CountMin };
            _clientsRssi.Clear();
            _clientsMeasuredAt = null;
        }

        Clients sum = _sum.Clients;
        bool hasSamples = _clientsRssi.Add(clients.RssiHistogram) || clients.CountSum != 0;
        _clientsMeasuredAt = Newest(_clientsMeasuredAt, hasSamples || clients.HasAgeS, report, clients.AgeS);
        sum.Samples = sum.Samples.Plus(clients.Samples);
        sum.CountSum = sum.CountSum.Plus(clients.CountSum);
        sum.CountMin = Math.Min(sum.CountMin, clients.CountMin);
        sum.CountMax = Math.Max(sum.CountMax, clients.CountMax);
        sum.RssiUnknown = sum.RssiUnknown.Plus(clients.RssiUnknown);
    }

    private void AddLatency(Latency? latency)
    {
        if (latency == null)
        {
            return;
        }

        Latency sum = _sum.Latency ??= new Latency();
        _gateway.Add(latency.GatewayHistogram);
        _broker.Add(latency.BrokerHistogram);
        sum.GatewayFailures = sum.GatewayFailures.Plus(latency.GatewayFailures);
        sum.BrokerFailures = sum.BrokerFailures.Plus(latency.BrokerFailures);
    }

    private void AddHealth(Health? health)
    {
        if (health == null)
        {
            return;
        }

        Health sum = _sum.Health ??= new Health();
        if (health.HasManagedFreeKib)
        {
            sum.ManagedFreeKib = sum.HasManagedFreeKib ? Math.Min(sum.ManagedFreeKib, health.ManagedFreeKib) : health.ManagedFreeKib;
        }

        if (health.HasNativeFreeKib)
        {
            sum.NativeFreeKib = sum.HasNativeFreeKib ? Math.Min(sum.NativeFreeKib, health.NativeFreeKib) : health.NativeFreeKib;
        }

        sum.ResetCause = health.ResetCause == ResetCause.Unknown ? sum.ResetCause : health.ResetCause;
        sum.OffChannelMs = sum.OffChannelMs.Plus(health.OffChannelMs);
        sum.SentBytes = sum.SentBytes.Plus(health.SentBytes);
        sum.ThreadRestarts = sum.ThreadRestarts.Plus(health.ThreadRestarts);
    }

    // Totals so far: the newer ones hold the older.
    private void AddLosses(Losses? losses)
    {
        if (losses == null)
        {
            return;
        }

        Losses sum = _sum.Losses ?? new Losses();
        sum.Reports = Math.Max(sum.Reports, losses.Reports);
        sum.ReportSeconds = Math.Max(sum.ReportSeconds, losses.ReportSeconds);
        sum.Unconfirmed = Math.Max(sum.Unconfirmed, losses.Unconfirmed);
        sum.SamplesMissed = Math.Max(sum.SamplesMissed, losses.SamplesMissed);
        sum.RoundTripsDropped = Math.Max(sum.RoundTripsDropped, losses.RoundTripsDropped);
        sum.Restarts = Math.Max(sum.Restarts, losses.Restarts);
        sum.RestartSeconds = Math.Max(sum.RestartSeconds, losses.RestartSeconds);
        _sum.Losses = sum.CalculateSize() == 0 ? null : sum;
    }

    private long? Newest(long? before, bool isMeasured, Report report, uint ageS)
    {
        long measuredAt = _span.PositionOf(report) - ageS;
        return isMeasured && measuredAt > (before ?? long.MinValue) ? measuredAt : before;
    }

    private uint Age(long? measuredAt) => (uint)Math.Clamp(_span.End - (measuredAt ?? _span.End), 0, uint.MaxValue);

    private void WriteLink(Link? link)
    {
        if (link == null)
        {
            return;
        }

        _linkRssi.WriteTo(link.RssiHistogram);
        if (Age(_linkMeasuredAt) is > (uint)LinkFreshS and uint age)
        {
            link.AgeS = age;
        }
    }

    private void WriteClients(Clients? clients)
    {
        if (clients == null)
        {
            return;
        }

        _clientsRssi.WriteTo(clients.RssiHistogram);
        if (Age(_clientsMeasuredAt) is > (uint)ClientsFreshS and uint age)
        {
            clients.AgeS = age;
        }
    }
}
