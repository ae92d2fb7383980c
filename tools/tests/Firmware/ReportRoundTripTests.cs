using GatewayAgent.DeviceTests.Fakes;
using GatewayAgent.Ports;
using GatewayAgent.Protocol;
using GatewayAgent.Sampling;
using GatewayAgent.Statistics;
using Assurance = GatewayAgent.Uplink.Assurance;

namespace GatewayAgent.Tests.Firmware;

/// <summary>What the firmware writes by hand is what Google.Protobuf reads: windows of every kind, byte for byte.</summary>
public class ReportRoundTripTests
{
    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_window_of_any_content_reads_back_as_it_was(int seed)
    {
        var random = new Random(seed);
        var node = new TestNode(60, Assurance.Collector);
        Scene scene = Scene.Random(random, node);
        node.RunSeconds(70);

        List<Report> parts = [.. node.Transport.Reports.Cast<byte[]>().Select(ParseExactly)];
        Report first = parts[0];
        Assert.Equal(TestNode.BootId, first.BootId);
        Assert.Equal(0u, first.StartS);
        Assert.All(parts, part => Assert.Equal(60u, part.SpanS));
        Assert.Equal(Enumerable.Range(0, parts.Count).Select(part => (uint)part), parts.Select(part => part.Part));
        scene.CheckLink(first);
        scene.CheckClients(first);
        scene.CheckSurvey(parts);
    }

    [Fact]
    public void Every_byte_of_a_month_of_reports_is_read_and_sound()
    {
        var random = new Random(42);
        var node = new TestNode(3600, Assurance.Broker);
        for (int hour = 0; hour < 24 * 30; hour++)
        {
            Scene.Random(random, node);
            node.RunSeconds(3600);
        }

        Assert.True(node.Transport.Reports.Count >= (24 * 30) - 1);
        foreach (byte[] payload in node.Transport.Reports)
        {
            Assert.InRange(payload.Length, 1, Limits.ReportBytes);
            Assert.Empty(ReportValidator.Check(ParseExactly(payload)).Problems);
        }
    }

    // A canonical re-encoding is as long only when nothing in the payload is unknown, doubled, padded or a stated default.
    private static Report ParseExactly(byte[] payload)
    {
        Report report = Report.Parser.ParseFrom(payload);
        Assert.Equal(payload.Length, report.CalculateSize());
        return report;
    }

    /// <summary>What a window was fed with, and what a report of it must therefore say.</summary>
    private sealed class Scene
    {
        private readonly int[] _stations;
        private readonly int? _rssi;
        private readonly List<HeardRow> _rows = [];
        private readonly List<(int Channel, uint DwellCs)> _quiet = [];
        private readonly bool _hasSurvey;

        private Scene(int[] stations, int? rssi, bool hasSurvey)
        {
            _stations = stations;
            _rssi = rssi;
            _hasSurvey = hasSurvey;
        }

        public static Scene Random(Random random, TestNode node)
        {
            FakeRadio radio = node.Radio;
            radio.HasLink = random.Next(4) > 0;
            radio.Connected = random.Next(4) > 0;
            radio.Rssi = -random.Next(0, 128);
            radio.OwnChannel = ChannelMap.ChannelAt(random.Next(Limits.Channels));
            radio.StationCount = random.Next(-1, Limits.Stations + 1);
            radio.ChannelCount = random.Next(5) == 0 ? RadioStatus.Unsupported : random.Next(Limits.Channels + 1);
            int[] stations = Enumerable.Range(0, Math.Max(0, radio.StationCount)).Select(_ => -random.Next(0, 129)).ToArray();
            for (int i = 0; i < stations.Length; i++)
            {
                radio.SetStation(i, stations[i]);
            }

            int? rssi = radio.Connected && radio.Rssi < 0 ? radio.Rssi : null;
            var scene = new Scene(radio.StationCount < 0 ? [-999] : stations, radio.HasLink ? rssi ?? 999 : null, radio.ChannelCount >= 0);
            scene.FillChannels(random, radio);
            return scene;
        }

        public void CheckLink(Report report)
        {
            if (_rssi == null)
            {
                Assert.Null(report.Link);
                return;
            }

            long heard = report.Link.RssiHistogram.Skip(1).Sum(count => count);
            Assert.Equal(60, heard + report.Link.SamplesWithoutRssi);
            if (_rssi == 999)
            {
                Assert.Empty(report.Link.RssiHistogram);
            }
            else
            {
                Assert.Equal([(uint)RssiBins.Of(_rssi.Value), 60u], report.Link.RssiHistogram);
            }
        }

        public void CheckClients(Report report)
        {
            if (_stations is [-999])
            {
                Assert.Null(report.Clients);
                return;
            }

            Assert.Equal(6u, report.Clients.Samples);
            Assert.Equal((uint)_stations.Length, report.Clients.CountMin);
            Assert.Equal((uint)_stations.Length, report.Clients.CountMax);
            Assert.Equal((uint)(6 * _stations.Length), report.Clients.CountSum);
            int[] valid = [.. _stations.Where(rssi => rssi is < 0 and > -128)];
            Assert.Equal((uint)(6 * (_stations.Length - valid.Length)), report.Clients.RssiUnknown);
            uint[] bins = new uint[Limits.RssiBins];
            foreach (int rssi in valid)
            {
                bins[RssiBins.Of(rssi)] += 6;
            }

            Assert.Equal(Compact(bins), report.Clients.RssiHistogram);
        }

        public void CheckSurvey(List<Report> parts)
        {
            if (!_hasSurvey)
            {
                Assert.Null(Assert.Single(parts).Survey);
                return;
            }

            Assert.Equal(_rows, parts.SelectMany(part => HeardRows.Read(part.Survey.Heard)));
            Assert.Equal(
                _quiet.Select(quiet => quiet.DwellCs),
                QuietOf(parts[0].Survey));
            uint low = 0, high = 0;
            foreach (int channel in _quiet.Select(quiet => quiet.Channel))
            {
                low |= ChannelMap.Bit2g(ChannelMap.IndexOf(channel));
                high |= ChannelMap.Bit5g(ChannelMap.IndexOf(channel));
            }

            Assert.Equal(low, parts[0].Survey.Quiet2G);
            Assert.Equal(high, parts[0].Survey.Quiet5G);
        }

        private void FillChannels(Random random, FakeRadio radio)
        {
            for (int place = 0; place < radio.ChannelCount; place++)
            {
                int channel = ChannelMap.ChannelAt(place);
                uint dwellCs = random.Next(3) == 0 ? 72 : (uint)random.Next(1, 300_000);
                if (random.Next(2) == 0)
                {
                    radio.SetQuiet(place, channel, dwellCs * 10);
                    _quiet.Add((channel, dwellCs));
                    continue;
                }

                _rows.Add(Heard(random, radio, place, channel, random.Next(4) == 0 ? 0 : dwellCs));
            }
        }

        private static HeardRow Heard(Random random, FakeRadio radio, int place, int channel, uint dwellCs)
        {
            int rssi = random.Next(-128, 0);
            uint beacons = (uint)random.Next(1, 200_000), others = (uint)random.Next(200_000), airtime = (uint)random.Next(3_600_000);
            int aps = random.Next(256);
            radio.SetHeard(place, channel, dwellCs * 10, aps, rssi, beacons, others, airtime);
            BssLoad? load = null;
            if (random.Next(2) == 0)
            {
                int least = random.Next(256), most = random.Next(least, 256);
                uint count = (uint)random.Next(2, 3000), sum = (uint)(least + most + ((count - 2) * least));
                load = new BssLoad(count, sum, (uint)least, (uint)most, (uint)random.Next(2008));
                radio.SetLoad(place, count, sum, least, most, (int)load.Value.StationsMax);
            }

            return new HeardRow((uint)channel, dwellCs, (uint)aps, rssi == -128 ? 0 : (uint)-rssi, beacons, others, airtime, load);
        }

        // The last stated dwell holds for the channels that follow.
        private IEnumerable<uint> QuietOf(Survey survey) =>
            Enumerable.Range(0, _quiet.Count).Select(i => survey.QuietDwellCs[Math.Min(i, survey.QuietDwellCs.Count - 1)]);

        private static IEnumerable<uint> Compact(uint[] bins)
        {
            int first = Array.FindIndex(bins, count => count > 0);
            return first < 0 ? [] : [(uint)first, .. bins[first..(Array.FindLastIndex(bins, count => count > 0) + 1)]];
        }
    }
}
