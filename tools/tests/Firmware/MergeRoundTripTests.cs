using GatewayAgent.DeviceTests.Fakes;
using GatewayAgent.Merging;
using GatewayAgent.Ports;
using GatewayAgent.Reporting;
using GatewayAgent.Sampling;

namespace GatewayAgent.Tests.Firmware;

/// <summary>What the merger reads is what the writer wrote: a window that is read and written again is the same, byte for byte.</summary>
public class MergeRoundTripTests
{
    private readonly Window _window = new();
    private readonly ReportWriter _writer = new();
    private readonly ReportMerger _merger = new();

    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, 200)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_window_that_is_read_and_written_again_is_the_same(int seed)
    {
        List<byte[]> reports = Write(new Random(seed));
        _merger.Begin();
        Assert.All(reports, report => Assert.True(_merger.TryAdd(report, 0, report.Length)));

        Assert.True(_merger.Write());
        Assert.Equal(reports[0], _merger.Buffer[.._merger.Length]);
        foreach (byte[] report in reports.Skip(1))
        {
            Assert.True(_merger.HasMore);
            Assert.True(_merger.WriteNext());
            Assert.Equal(report, _merger.Buffer[.._merger.Length]);
        }

        Assert.False(_merger.HasMore);
    }

    [Fact]
    public void Merging_allocates_nothing()
    {
        List<byte[]> reports = [.. Enumerable.Range(1, 20).SelectMany(seed => Write(new Random(seed)))];
        MergeEach(reports);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++)
        {
            MergeEach(reports);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private void MergeEach(List<byte[]> reports)
    {
        _merger.Begin();
        for (int i = 0; i < reports.Count; i++)
        {
            if (!_merger.TryAdd(reports[i], 0, reports[i].Length))
            {
                _merger.Write();
                while (_merger.HasMore)
                {
                    _merger.WriteNext();
                }

                _merger.Begin();
                _merger.TryAdd(reports[i], 0, reports[i].Length);
            }
        }
    }

    private List<byte[]> Write(Random random)
    {
        uint start = (uint)random.Next(1_000_000);
        RadioSource source = random.Next(4) == 0 ? RadioSource.StockScan : RadioSource.Native;
        ReportHeader header = NewHeader(random);
        Fill(random, start, (int)header.SpanSeconds, source);

        Assert.True(_writer.WriteFirst(header, _window, source));
        var reports = new List<byte[]> { _writer.Buffer[.._writer.Length] };
        for (uint part = 1; _writer.HasMore; part++)
        {
            header.Sequence++;
            Assert.True(_writer.WriteNext(header, _window, source, part));
            reports.Add(_writer.Buffer[.._writer.Length]);
        }

        return reports;
    }

    private static ReportHeader NewHeader(Random random)
    {
        var header = new ReportHeader
        {
            BootId = (uint)random.Next(1, int.MaxValue),
            Sequence = (uint)random.Next(1, 20_000),
            SpanSeconds = (uint)random.Next(1, 3600),
            BootTime = random.Next(2) == 0 ? 0 : 1_800_000_000u,
            ResetCause = (uint)random.Next(11),
            SentBytes = (uint)random.Next(20_000),
            ThreadRestarts = (uint)random.Next(3),
        };
        header.Losses.Reports = (uint)random.Next(2);
        header.Losses.SamplesMissed = (uint)random.Next(2);
        header.Losses.Restarts = (uint)random.Next(2);
        return header;
    }

    private void Fill(Random random, uint start, int span, RadioSource source)
    {
        _window.Restart(start);
        _window.OffChannelMs = (uint)random.Next(100_000);
        for (int i = random.Next(3) * random.Next(200); i > 0; i--)
        {
            _window.Link.Add(Reading(random), start + random.Next(span + 1));
        }

        if (random.Next(2) == 0)
        {
            _window.Link.StateAp((uint)random.Next());
        }

        _window.Clients.Source = source == RadioSource.Native ? RadioSource.Native : RadioSource.StockEvent;
        byte[] stations = new byte[Limits.Stations * Limits.StationRecordBytes];
        for (int i = random.Next(3) * random.Next(40); i > 0; i--)
        {
            random.NextBytes(stations);
            _window.Clients.Add(stations, random.Next(Limits.Stations + 1), start + random.Next(span + 1));
        }

        for (int i = random.Next(3) * random.Next(40); i > 0; i--)
        {
            _window.Gateway.Add(random.Next(-1, 1 << random.Next(16)));
            _window.Broker.Add(random.Next(-1, 1 << random.Next(16)));
        }

        _window.AddHealth(random.Next(-1, 100), random.Next(-1, 200));
        FillSurvey(random);
    }

    // As the radio counts: its disconnections run on from window to window.
    private static LinkReading Reading(Random random)
    {
        var reading = new LinkReading();
        reading.Clear();
        reading.Connected = random.Next(9) > 0;
        reading.Rssi = -random.Next(0, 128);
        reading.Channel = random.Next(3) == 0 ? 0 : ChannelMap.ChannelAt(random.Next(Limits.Channels));
        reading.Disconnects = random.Next(3);
        reading.LastReason = random.Next(1, 256);
        return reading;
    }

    private void FillSurvey(Random random)
    {
        var radio = new FakeRadio { ChannelCount = random.Next(4) == 0 ? RadioStatus.Unsupported : Limits.Channels };
        double heard = random.NextDouble();
        for (int place = 0; place < Limits.Channels; place++)
        {
            int channel = ChannelMap.ChannelAt(place);
            radio.SetQuiet(place, channel, random.Next(3) == 0 ? 0 : (uint)random.Next(1, 4_000));
            if (random.NextDouble() >= heard)
            {
                continue;
            }

            radio.SetHeard(place, channel, (uint)random.Next(4_000_000), random.Next(256), -random.Next(1, 129), (uint)random.Next(50_000), (uint)random.Next(1, 50_000), (uint)random.Next(4_000_000));
            if (random.Next(2) == 0)
            {
                radio.SetLoad(place, (uint)random.Next(1, 40_000), (uint)random.Next(), random.Next(128), random.Next(128, 256), random.Next(65_536));
            }
        }

        _window.TakeChannels(radio);
        _window.Discards.FcsErrors = (uint)random.Next(3);
        _window.Discards.ApTableFull = (uint)random.Next(3);
        _window.Discards.Malformed = (uint)random.Next(3);
        _window.Discards.RssiInvalid = (uint)random.Next(3);
    }
}
