using GatewayAgent.DeviceTests.Fakes;
using GatewayAgent.Merging;
using GatewayAgent.Ports;
using GatewayAgent.Reporting;
using GatewayAgent.Sampling;
using nanoFramework.TestFramework;

namespace GatewayAgent.DeviceTests;

[TestClass]
public class MergingTests
{
    private const uint Boot = 77;

    private static readonly ReportMerger _merger = new ReportMerger();
    private static readonly ReportIdentity _identity = new ReportIdentity();
    private static readonly ReportWriter _writer = new ReportWriter();
    private static readonly Window _window = new Window();
    private static readonly ReportHeader _header = new ReportHeader();

    [TestMethod]
    public void The_last_value_of_a_field_holds()
    {
        byte[] report = new byte[64];
        int length = ReportWriter.StateAnew(report, Copy(Write(7, 600, 3), report), 5, 1800000000, true);
        report[length++] = 2 << 3;
        report[length++] = 9;
        Assert.IsTrue(_identity.Read(report, 0, length));
        Assert.AreEqual(Boot, _identity.BootId);
        Assert.AreEqual(9u, _identity.Sequence);
        Assert.AreEqual(9u, _identity.First);
        Assert.AreEqual(600u, _identity.Start);
        Assert.AreEqual(300u, _identity.Span);
        Assert.AreEqual(0u, _identity.Part);
        Assert.IsFalse(_identity.Read(report, 0, length - 1), "cut short");
    }

    [TestMethod]
    public void Two_reports_become_one_of_twice_the_span()
    {
        _merger.Begin();
        Assert.IsTrue(Add(Write(1, 0, 40)));
        Assert.IsTrue(Add(Write(2, 300, 2)));
        Assert.AreEqual(2, _merger.Added);
        Assert.IsTrue(_merger.Write());
        Assert.IsFalse(_merger.HasMore);
        Assert.IsTrue(_identity.Read(_merger.Buffer, 0, _merger.Length));
        Assert.AreEqual(2u, _identity.Sequence);
        Assert.AreEqual(1u, _identity.First);
        Assert.AreEqual(0u, _identity.Start);
        Assert.AreEqual(600u, _identity.Span);
        byte[] merged = new byte[_merger.Length];
        Copy(_merger.Buffer, merged);
        int link = ReportFields.Start(merged, 9);
        Assert.AreEqual((byte)((3 << 3) | 2), merged[link], "the link begins with its histogram");
        Assert.AreEqual(42, (int)merged[link + 3], "readings at -60 dBm");
    }

    [TestMethod]
    public void What_is_not_adjacent_is_refused_and_changes_nothing()
    {
        _merger.Begin();
        Assert.IsTrue(Add(Write(4, 0, 10)));
        Assert.IsFalse(Add(Write(6, 300, 10)), "a gap");
        Assert.IsFalse(Add(Write(4, 300, 10)), "the same again");
        _header.BootId = Boot + 1;
        Assert.IsFalse(Add(Write(5, 300, 10)), "another boot");
        _header.BootId = Boot;
        Assert.AreEqual(1, _merger.Added);
        Assert.IsTrue(_merger.Write());
        byte[] alone = Write(4, 0, 10);
        Assert.AreEqual(alone.Length, _merger.Length);
        for (int i = 0; i < alone.Length; i++)
        {
            Assert.AreEqual(alone[i], _merger.Buffer[i]);
        }
    }

    [TestMethod]
    public void Every_cut_of_a_report_is_refused()
    {
        byte[] report = Write(1, 0, 40);
        for (int length = 0; length < report.Length; length++)
        {
            _merger.Begin();
            if (_merger.TryAdd(report, 0, length))
            {
                // Whole fields were cut off: a shorter report, but a report.
                Assert.IsTrue(_identity.Read(report, 0, length));
                Assert.IsTrue(_merger.Write());
            }
            else
            {
                Assert.AreEqual(0, _merger.Added);
                Assert.IsFalse(_merger.Write());
            }
        }
    }

    [TestMethod]
    public void Channels_that_do_not_fit_go_into_further_reports()
    {
        FakeRadio radio = new FakeRadio();
        radio.ChannelCount = Limits.Channels;
        for (int place = 0; place < Limits.Channels; place++)
        {
            radio.SetHeard(place, ChannelMap.ChannelAt(place), 7200, 3, -50, 1000, 2000, 3000);
            radio.SetLoad(place, 100, 5000, 1, 90, 4);
        }

        _merger.Begin();
        uint sequence = 0;
        for (int window = 0; window < 3; window++)
        {
            sequence = AddAll(radio, sequence, (uint)window * 300);
        }

        int added = _merger.Added;
        Assert.IsTrue(_merger.Write());
        uint last = 0;
        int parts = 1;
        while (true)
        {
            Assert.IsTrue(_identity.Read(_merger.Buffer, 0, _merger.Length));
            Assert.AreEqual(last + 1, _identity.First);
            Assert.AreEqual(900u, _identity.Span);
            Assert.AreEqual((uint)(parts - 1), _identity.Part);
            last = _identity.Sequence;
            if (!_merger.HasMore)
            {
                break;
            }

            Assert.IsTrue(_merger.WriteNext());
            parts++;
        }

        Assert.AreEqual(sequence, last);
        Assert.IsTrue(parts >= 2 && parts < added, "reports: " + parts.ToString() + " of " + added.ToString());
    }

    private static uint AddAll(FakeRadio radio, uint sequence, uint start)
    {
        _window.Restart(start);
        _window.TakeChannels(radio);
        _header.BootId = Boot;
        _header.SpanSeconds = 300;
        _header.Sequence = ++sequence;
        Assert.IsTrue(_writer.WriteFirst(_header, _window, RadioSource.Native));
        Assert.IsTrue(_merger.TryAdd(_writer.Buffer, 0, _writer.Length));
        for (uint part = 1; _writer.HasMore; part++)
        {
            _header.Sequence = ++sequence;
            Assert.IsTrue(_writer.WriteNext(_header, _window, RadioSource.Native, part));
            Assert.IsTrue(_merger.TryAdd(_writer.Buffer, 0, _writer.Length));
        }

        return sequence;
    }

    private static bool Add(byte[] report) => _merger.TryAdd(report, 0, report.Length);

    private static byte[] Write(uint sequence, uint start, int readings)
    {
        _window.Restart(start);
        _window.TakeChannels(new FakeRadio());
        LinkReading reading = new LinkReading();
        reading.Clear();
        reading.Connected = true;
        reading.Rssi = -60;
        for (int i = 0; i < readings; i++)
        {
            _window.Link.Add(reading, start + 300);
        }

        _header.BootId = _header.BootId == 0 ? Boot : _header.BootId;
        _header.Sequence = sequence;
        _header.SpanSeconds = 300;
        Assert.IsTrue(_writer.WriteFirst(_header, _window, RadioSource.Native));
        byte[] report = new byte[_writer.Length];
        Copy(_writer.Buffer, report);
        return report;
    }

    private static int Copy(byte[] from, byte[] to)
    {
        int length = from.Length < to.Length ? from.Length : to.Length;
        System.Array.Copy(from, to, length);
        return length;
    }
}
