using GatewayAgent.Merging;
using GatewayAgent.Reporting;
using GatewayAgent.Uplink;
using nanoFramework.TestFramework;

namespace GatewayAgent.DeviceTests;

[TestClass]
public class OutboxTests
{
    private static readonly byte[] _report = new byte[Limits.ReportBytes];
    private static readonly byte[] _copy = new byte[Limits.ReportBytes];

    [TestMethod]
    public void Reports_come_out_as_they_went_in_across_the_end_of_the_ring()
    {
        Outbox outbox = new Outbox();
        for (uint sequence = 1; sequence <= 200; sequence++)
        {
            int length = 100 + (int)(sequence * 7 % 400);
            Fill(sequence, length);
            outbox.Add(_report, length, sequence, 60);
            Assert.AreEqual(length, outbox.Copy(sequence, _copy, out uint first, out bool wasSent));
            Assert.AreEqual(sequence, first);
            Assert.IsFalse(wasSent);
            AssertCopied(length);
            if (sequence > 5)
            {
                outbox.FreeThrough(sequence - 5);
            }
        }

        Assert.AreEqual(5, outbox.Count);
    }

    [TestMethod]
    public void The_word_of_the_broker_frees_nothing_by_itself()
    {
        Outbox outbox = Filled(3);
        outbox.MarkSent(1);
        Assert.AreEqual(1, outbox.SentCount);
        outbox.MarkAtBroker(1);
        Assert.AreEqual(3, outbox.Count);
        Assert.AreEqual(2, outbox.FreeThrough(2));
        Assert.AreEqual(1, outbox.Count);
        Assert.AreEqual(3u, outbox.NextWaiting(0));
    }

    [TestMethod]
    public void Where_the_broker_is_the_assurance_its_word_frees_in_order()
    {
        Outbox outbox = Filled(3);
        outbox.MarkAtBroker(2);
        outbox.FreeAtBroker();
        Assert.AreEqual(3, outbox.Count);
        outbox.MarkAtBroker(1);
        outbox.FreeAtBroker();
        Assert.AreEqual(1, outbox.Count);
    }

    [TestMethod]
    public void A_failed_report_waits_again_and_is_known_as_sent()
    {
        Outbox outbox = Filled(2);
        outbox.MarkSent(1);
        Assert.AreEqual(2u, outbox.NextWaiting(0));
        outbox.MarkWaiting(1);
        Assert.AreEqual(1u, outbox.NextWaiting(0));
        outbox.Copy(1, _copy, out _, out bool wasSent);
        Assert.IsTrue(wasSent);
    }

    [TestMethod]
    public void What_is_new_can_be_asked_for_alone()
    {
        Outbox outbox = Filled(5);
        Assert.AreEqual(4u, outbox.NextWaiting(3));
        outbox.MarkSent(4);
        outbox.MarkSent(5);
        Assert.AreEqual(0u, outbox.NextWaiting(3));
        Assert.AreEqual(1u, outbox.NextWaiting(0));
    }

    [TestMethod]
    public void A_full_outbox_drops_the_oldest_and_counts_it()
    {
        Outbox outbox = new Outbox();
        Losses losses = new Losses();
        uint sequence = 0;
        while (losses.Reports == 0)
        {
            sequence++;
            outbox.Add(_report, 400, sequence, 300);
            outbox.CopyLosses(losses);
        }

        Assert.AreEqual((Limits.OutboxBytes / 400) + 1, (int)sequence);
        Assert.AreEqual(300u, losses.ReportSeconds);
        Assert.AreEqual(2u, outbox.OldestFirst);
    }

    [TestMethod]
    public void It_is_tight_before_the_sampler_has_to_make_room()
    {
        Outbox outbox = new Outbox();
        for (uint sequence = 1; !outbox.IsTight; sequence++)
        {
            outbox.Add(_report, Limits.ReportBytes, sequence, 300);
        }

        Losses losses = new Losses();
        outbox.CopyLosses(losses);
        Assert.IsFalse(losses.Any);
        Assert.IsTrue(outbox.Count < Limits.OutboxBytes / Limits.ReportBytes);
    }

    [TestMethod]
    public void What_the_broker_has_is_dropped_as_unconfirmed_and_not_as_lost()
    {
        Outbox outbox = Filled(Limits.OutboxReports);
        outbox.MarkSent(1);
        outbox.MarkAtBroker(1);
        outbox.WaitAgain();
        outbox.Add(_report, 10, (uint)Limits.OutboxReports + 1, 60);
        Losses losses = new Losses();
        outbox.CopyLosses(losses);
        Assert.AreEqual(0u, losses.Reports);
        Assert.AreEqual(1u, losses.Unconfirmed);
    }

    [TestMethod]
    public void After_a_reconnect_everything_goes_again()
    {
        Outbox outbox = Filled(3);
        outbox.MarkAtBroker(1);
        outbox.MarkSent(2);
        outbox.WaitAgain();
        Assert.AreEqual(3, outbox.WaitingCount);
        Assert.AreEqual(1u, outbox.NextWaiting(0));
    }

    [TestMethod]
    public void A_report_that_is_gone_is_not_copied_and_not_marked()
    {
        Outbox outbox = Filled(1);
        outbox.FreeThrough(1);
        outbox.MarkSent(1);
        outbox.MarkAtBroker(1);
        Assert.AreEqual(0, outbox.Copy(1, _copy, out _, out _));
        Assert.AreEqual(0, outbox.CopyOldest(_copy, out _));
        Assert.AreEqual(0u, outbox.OldestFirst);
    }

    [TestMethod]
    public void Without_flash_the_oldest_pair_of_the_shortest_span_becomes_one()
    {
        Outbox outbox = new Outbox();
        ReportMerger merger = new ReportMerger();
        for (uint sequence = 1; sequence <= 6; sequence++)
        {
            AddReport(outbox, sequence);
        }

        for (int merges = 1; merges <= 3; merges++)
        {
            Assert.IsTrue(outbox.Condense(merger, _copy));
        }

        Assert.AreEqual(3, outbox.Count);
        Assert.AreEqual(2u, outbox.NextWaiting(0));
        Assert.AreEqual(4u, outbox.NextWaiting(2));
        Assert.AreEqual(6u, outbox.NextWaiting(4));
        AssertRange(outbox, 2, 1, 120);
        AssertRange(outbox, 4, 3, 120);
        Assert.IsTrue(outbox.Condense(merger, _copy));
        AssertRange(outbox, 4, 1, 240);
        AssertRange(outbox, 6, 5, 120);
    }

    [TestMethod]
    public void What_is_under_way_does_not_merge_and_what_the_broker_has_goes_first()
    {
        Outbox outbox = new Outbox();
        ReportMerger merger = new ReportMerger();
        for (uint sequence = 1; sequence <= 3; sequence++)
        {
            AddReport(outbox, sequence);
        }

        outbox.MarkSent(2);
        Assert.IsFalse(outbox.Condense(merger, _copy));
        outbox.MarkAtBroker(2);
        outbox.MarkAtBroker(1);
        Assert.IsTrue(outbox.Condense(merger, _copy));
        Assert.AreEqual(2u, outbox.OldestFirst);
        Losses losses = new Losses();
        outbox.CopyLosses(losses);
        Assert.AreEqual(1u, losses.Unconfirmed);
    }

    [TestMethod]
    public void A_merged_report_keeps_its_place_in_a_ring_that_has_gone_round()
    {
        Outbox outbox = new Outbox();
        ReportMerger merger = new ReportMerger();
        for (uint sequence = 1; sequence <= 300; sequence++)
        {
            AddReport(outbox, sequence);
            while (outbox.Count > 7)
            {
                Assert.IsTrue(outbox.Condense(merger, _copy));
            }

            if (sequence % 50 == 0)
            {
                outbox.FreeThrough(sequence - 20);
            }

            uint expected = outbox.OldestFirst;
            for (uint next = outbox.NextWaiting(0); next != 0; next = outbox.NextWaiting(next))
            {
                ReportIdentity identity = IdentityOf(outbox, next);
                Assert.AreEqual(expected, identity.First);
                Assert.AreEqual(60u * (identity.Merged + 1), identity.Span);
                expected = identity.Sequence + 1;
            }

            Assert.AreEqual(sequence + 1, expected);
        }
    }

    private static void AssertRange(Outbox outbox, uint sequence, uint first, uint span)
    {
        ReportIdentity identity = IdentityOf(outbox, sequence);
        Assert.AreEqual(first, identity.First);
        Assert.AreEqual(sequence, identity.Sequence);
        Assert.AreEqual(span, identity.Span);
    }

    private static ReportIdentity IdentityOf(Outbox outbox, uint sequence)
    {
        int length = outbox.Copy(sequence, _copy, out uint first, out _);
        ReportIdentity identity = new ReportIdentity();
        Assert.IsTrue(identity.Read(_copy, 0, length), "not a report");
        Assert.AreEqual(first, identity.First);
        return identity;
    }

    private static void AddReport(Outbox outbox, uint sequence)
    {
        Window window = new Window();
        window.Restart((sequence - 1) * 60);
        ReportHeader header = new ReportHeader { BootId = 7, Sequence = sequence, SpanSeconds = 60 };
        ReportWriter writer = new ReportWriter();
        Assert.IsTrue(writer.WriteFirst(header, window, Ports.RadioSource.Native));
        outbox.Add(writer.Buffer, writer.Length, sequence, 60);
    }

    private static Outbox Filled(int reports)
    {
        Outbox outbox = new Outbox();
        for (int i = 1; i <= reports; i++)
        {
            Fill((uint)i, 10);
            outbox.Add(_report, 10, (uint)i, 60);
        }

        return outbox;
    }

    private static void AssertCopied(int length)
    {
        for (int i = 0; i < length; i++)
        {
            Assert.AreEqual(_report[i], _copy[i]);
        }
    }

    private static void Fill(uint seed, int length)
    {
        for (int i = 0; i < length; i++)
        {
            _report[i] = (byte)((seed * 31) + i);
        }
    }
}
