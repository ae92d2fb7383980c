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
        Outbox outbox = new Outbox(Assurance.Collector);
        for (uint sequence = 1; sequence <= 200; sequence++)
        {
            int length = 100 + (int)(sequence * 7 % 400);
            Fill(sequence, length);
            outbox.Add(_report, length, sequence, 60);
            int backlog = sequence == 1 ? 0 : 2;
            Assert.AreEqual(length + backlog, outbox.CopyToSend(sequence, _copy));
            for (int i = 0; i < length; i++)
            {
                Assert.AreEqual(_report[i], _copy[i]);
            }

            if (sequence > 5)
            {
                outbox.FreeThrough(sequence - 5);
            }
        }

        Assert.AreEqual(5, outbox.Count);
    }

    [TestMethod]
    public void Only_the_word_of_the_collector_frees_a_report()
    {
        Outbox outbox = Filled(Assurance.Collector, 3);
        outbox.MarkSent(1, 11, 0);
        Assert.AreEqual(5, outbox.MarkAcknowledged(11, 5));
        Assert.AreEqual(3, outbox.Count);
        outbox.FreeThrough(2);
        Assert.AreEqual(1, outbox.Count);
        Assert.AreEqual(3u, outbox.NextToSend(10));
    }

    [TestMethod]
    public void With_the_broker_as_assurance_its_word_frees_in_order()
    {
        Outbox outbox = Filled(Assurance.Broker, 3);
        outbox.MarkSent(1, 11, 0);
        outbox.MarkSent(2, 12, 0);
        outbox.MarkAcknowledged(12, 5);
        Assert.AreEqual(3, outbox.Count);
        outbox.MarkAcknowledged(11, 6);
        Assert.AreEqual(1, outbox.Count);
    }

    [TestMethod]
    public void A_failed_report_waits_again()
    {
        Outbox outbox = Filled(Assurance.Collector, 2);
        outbox.MarkSent(1, 11, 0);
        Assert.AreEqual(2u, outbox.NextToSend(1));
        Assert.IsTrue(outbox.MarkFailed(11));
        Assert.IsFalse(outbox.MarkFailed(11));
        Assert.AreEqual(1u, outbox.NextToSend(1));
        Assert.AreEqual(12, outbox.CopyToSend(2, _copy), "with its backlog");
        Assert.AreEqual(12, outbox.CopyToSend(1, _copy));
        Assert.IsTrue(Fakes.ReportFields.IsReplayed(new byte[] { _copy[10], _copy[11] }));
    }

    [TestMethod]
    public void A_foreign_packet_identifier_changes_nothing()
    {
        Outbox outbox = Filled(Assurance.Collector, 1);
        outbox.MarkSent(1, 11, 0);
        Assert.AreEqual(-1, outbox.MarkAcknowledged(99, 1));
        Assert.AreEqual(1, outbox.SentCount);
    }

    [TestMethod]
    public void A_report_that_the_collector_does_not_confirm_goes_again_with_growing_pauses()
    {
        Outbox outbox = Filled(Assurance.Collector, 1);
        outbox.MarkSent(1, 11, 0);
        outbox.MarkAcknowledged(11, 0);
        Assert.AreEqual(0u, outbox.NextToSend(Limits.AckTimeoutMs - 1));
        Assert.AreEqual(1u, outbox.NextToSend(Limits.AckTimeoutMs));
        outbox.MarkSent(1, 12, Limits.AckTimeoutMs);
        outbox.MarkAcknowledged(12, Limits.AckTimeoutMs);
        Assert.AreEqual(0u, outbox.NextToSend((3L * Limits.AckTimeoutMs) - 1));
        Assert.AreEqual(1u, outbox.NextToSend(3L * Limits.AckTimeoutMs));
    }

    [TestMethod]
    public void A_packet_without_any_answer_fails_after_a_while()
    {
        Outbox outbox = Filled(Assurance.Collector, 1);
        outbox.MarkSent(1, 11, 0);
        Assert.AreEqual(0, outbox.FailOverdue(Limits.PublishTimeoutMs - 1));
        Assert.AreEqual(1, outbox.FailOverdue(Limits.PublishTimeoutMs));
        Assert.AreEqual(1u, outbox.NextToSend(Limits.PublishTimeoutMs));
    }

    [TestMethod]
    public void A_full_outbox_drops_the_oldest_and_counts_it()
    {
        Outbox outbox = Filled(Assurance.Collector, 0);
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
        Assert.AreEqual(2u, outbox.NextToSend(0));
        Assert.AreEqual(sequence - 1, outbox.BacklogBefore(sequence + 1));
    }

    [TestMethod]
    public void What_the_broker_has_is_dropped_as_unconfirmed_and_not_as_lost()
    {
        Outbox outbox = Filled(Assurance.Collector, Limits.OutboxReports);
        outbox.MarkSent(1, 11, 0);
        outbox.MarkAcknowledged(11, 0);
        outbox.Add(_report, 10, (uint)Limits.OutboxReports + 1, 60);
        Losses losses = new Losses();
        outbox.CopyLosses(losses);
        Assert.AreEqual(0u, losses.Reports);
        Assert.AreEqual(1u, losses.Unconfirmed);
        Assert.IsTrue(losses.Any);
    }

    [TestMethod]
    public void After_a_reconnect_everything_goes_again()
    {
        Outbox outbox = Filled(Assurance.Collector, 3);
        outbox.MarkSent(1, 11, 0);
        outbox.MarkAcknowledged(11, 0);
        outbox.MarkSent(2, 12, 0);
        outbox.ResendAll();
        Assert.AreEqual(3, outbox.WaitingCount);
        Assert.AreEqual(1u, outbox.NextToSend(0));
        Assert.AreEqual(-1, outbox.MarkAcknowledged(12, 1));
    }

    [TestMethod]
    public void A_report_that_is_gone_is_not_copied()
    {
        Outbox outbox = Filled(Assurance.Collector, 1);
        outbox.FreeThrough(1);
        Assert.AreEqual(0, outbox.CopyToSend(1, _copy));
        Assert.AreEqual(0u, outbox.BacklogBefore(2));
    }

    [TestMethod]
    public void A_report_the_broker_once_had_is_not_counted_as_lost_even_after_a_reconnect()
    {
        Outbox outbox = Filled(Assurance.Collector, Limits.OutboxReports);
        outbox.MarkSent(1, 11, 0);
        outbox.MarkAcknowledged(11, 0);
        outbox.ResendAll();
        outbox.MakeRoom(10);
        Losses losses = new Losses();
        outbox.CopyLosses(losses);
        Assert.AreEqual(0u, losses.Reports);
        Assert.AreEqual(1u, losses.Unconfirmed);
        Assert.AreEqual(Limits.OutboxReports - 1, outbox.Count);
    }

    private static Outbox Filled(Assurance assurance, int reports)
    {
        Outbox outbox = new Outbox(assurance);
        for (int i = 1; i <= reports; i++)
        {
            Fill((uint)i, 10);
            outbox.Add(_report, 10, (uint)i, 60);
        }

        return outbox;
    }

    private static void Fill(uint seed, int length)
    {
        for (int i = 0; i < length; i++)
        {
            _report[i] = (byte)((seed * 31) + i);
        }
    }
}
