using GatewayAgent.DeviceTests.Fakes;
using GatewayAgent.Reporting;
using GatewayAgent.Uplink;
using nanoFramework.TestFramework;

namespace GatewayAgent.DeviceTests;

[TestClass]
public class ReportTests
{
    [TestMethod]
    public void A_varint_is_as_long_as_its_size_says()
    {
        uint[] values = new uint[] { 0, 1, 127, 128, 16383, 16384, 2097151, 2097152, 268435455, 268435456, uint.MaxValue };
        foreach (uint value in values)
        {
            ProtoWriter proto = new ProtoWriter(16);
            proto.Element(value);
            Assert.AreEqual(ProtoWriter.SizeOf(value), proto.Length);
        }
    }

    [TestMethod]
    public void A_list_of_any_length_gets_the_right_length_in_front()
    {
        for (int size = 0; size <= 300; size++)
        {
            ProtoWriter proto = new ProtoWriter(320);
            int start = proto.Begin(1);
            for (int i = 0; i < size; i++)
            {
                proto.Element((uint)(i % 100));
            }

            proto.End(start);
            int head = size < 128 ? 2 : 3;
            Assert.AreEqual(head + size, proto.Length);
            Assert.AreEqual((byte)0x0A, proto.Buffer[0]);
            int length = size < 128 ? proto.Buffer[1] : (proto.Buffer[1] & 0x7F) | (proto.Buffer[2] << 7);
            Assert.AreEqual(size, length);
            for (int i = 0; i < size; i++)
            {
                Assert.AreEqual((byte)(i % 100), proto.Buffer[head + i]);
            }
        }
    }

    [TestMethod]
    public void A_field_from_16_on_has_a_tag_of_two_bytes()
    {
        ProtoWriter proto = new ProtoWriter(16);
        proto.Number(15, 1);
        proto.Fixed32(16, 0x04030201);
        proto.Number(17, 2);
        byte[] expected = new byte[] { 0x78, 1, 0x85, 0x01, 1, 2, 3, 4, 0x88, 0x01, 2 };
        Assert.AreEqual(expected.Length, proto.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], proto.Buffer[i]);
        }
    }

    [TestMethod]
    public void A_full_buffer_takes_no_more_and_says_so()
    {
        ProtoWriter proto = new ProtoWriter(3);
        proto.Number(1, 5);
        Assert.IsFalse(proto.Overflowed);
        proto.Fixed32(2, 7);
        Assert.IsTrue(proto.Overflowed);
        Assert.AreEqual(3, proto.Length);
        proto.Reset();
        Assert.IsFalse(proto.Overflowed);
    }

    [TestMethod]
    public void A_report_of_a_radio_that_knows_nothing_states_nothing()
    {
        TestNode node = new TestNode(60, Assurance.Collector);
        node.Radio.HasLink = false;
        node.Probe.IsAvailable = false;
        node.SampleSeconds(61);
        node.RunSeconds(2);
        byte[] report = node.Transport.Report(0);
        Assert.AreEqual(-1L, ReportFields.Value(report, 9), "link");
        Assert.AreEqual(-1L, ReportFields.Value(report, 10), "clients");
        Assert.AreEqual(-1L, ReportFields.Value(report, 11), "latency");
        Assert.AreEqual(-1L, ReportFields.Value(report, 13), "survey");
    }

    [TestMethod]
    public void The_wall_time_of_the_boot_is_stated_once_it_is_known()
    {
        TestNode node = new TestNode(60, Assurance.Collector);
        node.RunSeconds(62);
        Assert.AreEqual(-1L, ReportFields.Value(node.Transport.Report(0), 6));
        node.Clock.UnixSeconds = 1800000000;
        node.RunSeconds(60);
        Assert.AreEqual(1800000000L - 120, ReportFields.Value(node.Transport.Report(1), 6));
    }

    [TestMethod]
    public void Windows_stay_on_their_grid_when_a_tick_comes_late()
    {
        TestNode node = new TestNode(60, Assurance.Collector);
        node.RunSeconds(59);
        node.Clock.UptimeMs += 4300;
        node.RunSeconds(61);
        byte[] late = node.Transport.Report(0);
        byte[] next = node.Transport.Report(1);
        Assert.AreEqual(63L, ReportFields.Value(late, 5));
        Assert.AreEqual(63L, ReportFields.Value(next, 4));
        Assert.AreEqual(57L, ReportFields.Value(next, 5));
    }

    [TestMethod]
    public void A_window_missed_altogether_is_part_of_the_one_that_closes()
    {
        TestNode node = new TestNode(60, Assurance.Collector);
        node.RunSeconds(30);
        node.Clock.UptimeMs += 200000;
        node.RunSeconds(90);
        Assert.AreEqual(230L, ReportFields.Value(node.Transport.Report(0), 5));
        Assert.AreEqual(3L, ReportFields.Value(node.Transport.Report(0), 14), "losses: 200 samples missed");
        Assert.AreEqual(10L, ReportFields.Value(node.Transport.Report(1), 5));
        Assert.AreEqual(60L, ReportFields.Value(node.Transport.Report(2), 5));
    }

    [TestMethod]
    public void The_first_window_is_random_so_that_a_street_does_not_report_together()
    {
        TestNode node = new TestNode(300, Assurance.Broker, 0);
        node.RunSeconds(620);
        long first = ReportFields.Value(node.Transport.Report(0), 5);
        Assert.IsTrue(first >= 1 && first < 300, "first window: " + first.ToString());
        Assert.AreEqual(first, ReportFields.Value(node.Transport.Report(1), 4));
        Assert.AreEqual(300L, ReportFields.Value(node.Transport.Report(1), 5));
        Assert.AreEqual(0, node.Settings.FirstWindowSeconds);
    }

    [TestMethod]
    public void A_flush_closes_the_window_early_and_the_next_ends_on_the_grid()
    {
        TestNode node = new TestNode(60, Assurance.Collector);
        node.RunSeconds(20);
        node.Node.Flush(node.Clock.UptimeMs);
        node.Node.Flush(node.Clock.UptimeMs);
        Assert.AreEqual(1u, node.Node.Sequence);
        node.RunSeconds(42);
        Assert.AreEqual(20L, ReportFields.Value(node.Transport.Report(0), 5));
        Assert.AreEqual(40L, ReportFields.Value(node.Transport.Report(1), 5));
    }

    [TestMethod]
    public void A_typical_report_keeps_its_budget()
    {
        int length = TypicalReport().Length;
        OutputHelper.WriteLine("typical report: " + length.ToString() + " B");
        Assert.IsTrue(length <= 128, "bytes: " + length.ToString());
    }

    [TestMethod]
    public void The_largest_window_takes_several_reports_and_none_is_too_large()
    {
        TestNode node = LargestNode();
        node.RunSeconds(3620);
        int reports = node.Transport.Reports.Count;
        Assert.IsTrue(reports >= 2, "reports: " + reports.ToString());
        int largest = 0;
        for (int i = 0; i < reports; i++)
        {
            byte[] report = node.Transport.Report(i);
            largest = report.Length > largest ? report.Length : largest;
            Assert.AreEqual(i == 0 ? -1L : i, ReportFields.Value(report, 7));
            Assert.AreEqual(3600L, ReportFields.Value(report, 5));
        }

        OutputHelper.WriteLine("largest report: " + largest.ToString() + " B");
        Assert.IsTrue(largest <= Limits.ReportBytes, "bytes: " + largest.ToString());
        Assert.AreEqual((uint)reports, node.Node.Sequence);
    }

    /// <summary>
    /// Five minutes as the budget means them: a steady uplink, 13 channels surveyed with access points on three of them, a BSS Load on the own
    /// one, eight stations, both latencies, health.
    /// </summary>
    private static byte[] TypicalReport()
    {
        TestNode node = new TestNode(300, Assurance.Collector);
        FakeRadio radio = node.Radio;
        node.Clock.UnixSeconds = 1800000000;
        radio.RssiStep = 2;
        radio.RssiSteps = 3;
        radio.StationCount = 8;
        for (int i = 0; i < 8; i++)
        {
            radio.SetStation(i, -45 - (4 * i));
        }

        radio.ChannelCount = 13;
        for (int channel = 1; channel <= 13; channel++)
        {
            radio.SetQuiet(channel - 1, channel, 720);
        }

        radio.SetHeard(0, 1, 720, 4, -71, 27, 16, 64);
        radio.SetHeard(5, 6, 291000, 3, -48, 8412, 20655, 21044);
        radio.SetLoad(5, 2910, 181000, 31, 121, 9);
        radio.SetHeard(10, 11, 720, 5, -66, 34, 41, 83);
        node.RunSeconds(302);
        node.Transport.Ack(TestNode.AckTopic, TestNode.BootId, 1);
        node.RunSeconds(300);
        return node.Transport.Report(1);
    }

    private static TestNode LargestNode()
    {
        TestNode node = new TestNode(3600, Assurance.Collector);
        FakeRadio radio = node.Radio;
        node.Clock.UnixSeconds = 1800000000;
        radio.Rssi = -103;
        radio.RssiStep = 2;
        radio.RssiSteps = Limits.RssiBins;
        radio.StationCount = Limits.Stations;
        for (int i = 0; i < Limits.Stations; i++)
        {
            radio.SetStation(i, -100 + (5 * i));
        }

        radio.ChannelCount = Limits.Channels;
        for (int place = 0; place < Limits.Channels; place++)
        {
            int channel = Sampling.ChannelMap.ChannelAt(place);
            radio.SetHeard(place, channel, 3600000, 255, -101, 4000000, 40000000, 3600000);
            radio.SetLoad(place, 4000000, 1000000000, 128, 255, 2007);
        }

        radio.FcsErrors = 4000000;
        return node;
    }
}
