using GatewayAgent.Protocol;
using GatewayAgent.Sampling;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace GatewayAgent.Tests.Firmware;

/// <summary>Random adjacent windows of one boot as encoded reports: groups present or not, any channels, one to four reports a window.</summary>
internal sealed class MergeChain
{
    public const uint BootId = 0xB0071D;

    private readonly Random _random;
    private readonly int _largest;
    private readonly Source _source;
    private readonly Source _clientsSource;
    private uint _sequence;
    private uint _start;

    /// <param name="random">Decides all.</param>
    /// <param name="largest">Counts are below it.</param>
    public MergeChain(Random random, int largest)
    {
        _random = random;
        _largest = largest;
        _source = random.Next(4) == 0 ? Source.StockScan : Source.Native;
        _clientsSource = _source != Source.Native ? Source.StockEvent : random.Next(3) == 0 ? Source.BssLoad : Source.Native;
        _sequence = (uint)random.Next(1, 200);
        _start = (uint)random.Next(20_000);
    }

    /// <summary>Share of the channels on which something is heard, and of those that are quiet.</summary>
    public double Heard { get; init; } = 0.2;

    public double Quiet { get; init; } = 0.3;

    /// <summary>Every group in every window.</summary>
    public bool IsComplete { get; init; }

    public uint SpanS { get; init; } = 300;

    /// <summary>The reports of each of the next windows.</summary>
    public List<byte[]>[] Next(int windows) => [.. Enumerable.Range(0, windows).Select(_ => Next())];

    /// <summary>The reports of the next window.</summary>
    public List<byte[]> Next()
    {
        uint before = _sequence;
        List<byte[]> window = Draw();
        while (window.Exists(report => report.Length > Limits.ReportBytes))
        {
            _sequence = before;
            window = Draw();
        }

        _start += SpanS;
        return window;
    }

    private List<byte[]> Draw()
    {
        var reports = new List<Report> { First() };
        if (reports[0].Survey is { } survey)
        {
            int parts = _random.Next(3) == 0 || survey.Heard.Count > 80 ? _random.Next(2, 5) : 1;
            reports.AddRange(Split(survey, parts, reports[0]));
        }

        return [.. reports.Select(report => report.ToByteArray())];
    }

    private Report First()
    {
        var report = new Report { BootId = BootId, Sequence = ++_sequence, StartS = _start, SpanS = SpanS };
        if (!IsComplete && _random.Next(5) == 0)
        {
            report.Merged = (uint)_random.Next(1, 4);
            report.Sequence = _sequence += report.Merged;
        }

        if (_random.Next(3) == 0)
        {
            report.BootTime = 1_800_000_000u + (uint)_random.Next(100);
        }

        report.Link = Maybe(NewLink);
        report.Clients = Maybe(NewClients);
        report.Latency = Maybe(() => new Latency
        {
            GatewayHistogram = { Histogram(Limits.LatencyBins) },
            GatewayFailures = Count(),
            BrokerHistogram = { Histogram(Limits.LatencyBins) },
            BrokerFailures = Count(),
        });
        report.Health = Maybe(NewHealth);
        report.Survey = _source == Source.Native ? Maybe(NewSurvey) : null;
        report.Losses = Maybe(() => new Losses { Reports = Count(), SamplesMissed = Count(), Restarts = Count(), RestartSeconds = Count() });
        return report;
    }

    private T? Maybe<T>(Func<T> create)
        where T : class => IsComplete || _random.Next(4) > 0 ? create() : null;

    private Link NewLink()
    {
        var link = new Link { Source = _source, RssiHistogram = { Histogram(Limits.RssiBins) }, SamplesWithoutRssi = Count() };
        if (link.RssiHistogram.Count > 0 && _random.Next(3) == 0)
        {
            link.AgeS = Age();
        }

        if (_random.Next(4) > 0)
        {
            link.Channel = (uint)ChannelMap.ChannelAt(_random.Next(Limits.Channels));
        }

        if (_source == Source.Native)
        {
            link.Disconnects = Count();
            link.LastReason = link.Disconnects == 0 ? 0u : (uint)_random.Next(1, 256);
            if (link.LastReason == 0)
            {
                link.ClearLastReason();
            }
        }

        if (_random.Next(3) == 0)
        {
            link.Ap = (uint)_random.Next();
        }

        return link;
    }

    private Clients NewClients()
    {
        var clients = new Clients { Source = _clientsSource, Samples = 1 + Count(), CountSum = Count(), CountMin = (uint)_random.Next(4) };
        clients.CountMax = clients.CountMin + (uint)_random.Next(12);
        clients.RssiUnknown = Count();
        if (clients.CountSum == 0)
        {
            return clients;
        }

        clients.RssiHistogram.Add(Histogram(Limits.RssiBins));
        if (_random.Next(3) == 0)
        {
            clients.AgeS = Age();
        }

        return clients;
    }

    private Health NewHealth()
    {
        var health = new Health { ResetCause = ResetCause.Panic, OffChannelMs = Count(), SentBytes = Count(), ThreadRestarts = Count() };
        if (_random.Next(4) > 0)
        {
            health.ManagedFreeKib = Count();
        }

        if (_random.Next(4) > 0)
        {
            health.NativeFreeKib = Count();
        }

        return health;
    }

    private Survey NewSurvey()
    {
        var survey = new Survey { ApTableFull = Count(), FcsErrors = Count(), FramesMalformed = Count(), RssiInvalid = Count() };
        for (int place = 0; place < Limits.Channels; place++)
        {
            double draw = _random.NextDouble();
            if (draw < Heard)
            {
                survey.Heard.Add(Row(place));
            }
            else if (draw < Heard + Quiet)
            {
                survey.Quiet2G |= ChannelMap.Bit2g(place);
                survey.Quiet5G |= ChannelMap.Bit5g(place);
                survey.QuietDwellCs.Add(1 + Count());
            }
        }

        // The last value holds for all that follow.
        while (survey.QuietDwellCs.Count > 1 && _random.Next(2) == 0)
        {
            survey.QuietDwellCs.RemoveAt(survey.QuietDwellCs.Count - 1);
        }

        return survey;
    }

    private uint[] Row(int place)
    {
        uint least = (uint)_random.Next(200), most = least + (uint)_random.Next(56), loads = (uint)_random.Next(2) * (Count() % 70_000);
        uint[] row =
        [
            (uint)ChannelMap.ChannelAt(place), Count(), (uint)_random.Next(256), (uint)_random.Next(128), Count(), 1 + Count(), Count(), loads,
        ];
        return loads == 0 ? row : [.. row, least * loads, least, most, (uint)_random.Next(2008)];
    }

    private List<Report> Split(Survey survey, int parts, Report first)
    {
        IReadOnlyList<HeardRow> rows = HeardRows.Read(survey.Heard);
        List<uint[]> numbers = [.. rows.Select(Numbers)];
        var further = new List<Report>();
        survey.Heard.Clear();
        int share = (rows.Count / parts) + 1;
        for (int part = 0; part < parts; part++)
        {
            IEnumerable<uint> heard = numbers.Skip(part * share).Take(share).SelectMany(row => row);
            if (part == 0)
            {
                survey.Heard.Add(heard);
                continue;
            }

            further.Add(new Report
            {
                BootId = BootId,
                Sequence = ++_sequence,
                StartS = first.StartS,
                SpanS = first.SpanS,
                Part = (uint)part,
                Survey = new Survey { Heard = { heard } },
            });
        }

        return further;
    }

    private static uint[] Numbers(HeardRow row)
    {
        uint[] numbers = [row.Channel, row.DwellCs, row.ApCount, row.RssiMax, row.Beacons, row.OtherFrames, row.AirtimeMs, row.Load?.Count ?? 0];
        return row.Load is { } load ? [.. numbers, load.Sum, load.Min, load.Max, load.StationsMax] : numbers;
    }

    private RepeatedField<uint> Histogram(int bins)
    {
        var packed = new RepeatedField<uint>();
        int first = _random.Next(bins), stated = _random.Next(Math.Min(12, bins - first + 1));
        if (stated > 0)
        {
            packed.Add((uint)first);
            packed.AddRange(Enumerable.Range(0, stated).Select(_ => Count()));
            packed[1] = packed[1] == 0 ? 1 : packed[1];
        }

        return packed;
    }

    private uint Age() => (uint)_random.Next(11, (int)Math.Max(12, _start + SpanS));

    private uint Count() => _random.Next(3) == 0 ? 0u : (uint)_random.Next(_largest);
}
