using GatewayAgent.Control;
using GatewayAgent.DeviceTests.Fakes;
using GatewayAgent.Uplink;
using nanoFramework.TestFramework;

namespace GatewayAgent.DeviceTests;

[TestClass]
public class UplinkTests
{
    [TestMethod]
    public void The_birth_is_retained_and_the_will_tells_the_end()
    {
        TestNode node = new TestNode(60, Assurance.Collector);
        node.RunSeconds(6);
        Assert.AreEqual(1, node.Transport.Births.Count);
        Assert.AreEqual("gw/v1/h1/n1/state", node.Transport.WillTopic);
        Assert.AreEqual("\u0008\u0002", node.Transport.WillMessage);
        Assert.AreEqual(TestNode.AckTopic, (string)node.Transport.Subscriptions[0]);
        byte[] birth = (byte[])node.Transport.Births[0];
        Assert.AreEqual(1L, ReportFields.Value(birth, 1));
        Assert.AreEqual((long)TestNode.BootId, ReportFields.Value(birth, 2));
        Assert.AreEqual(60L, ReportFields.Value(birth, 8));
        Assert.AreEqual(1L, ReportFields.Value(birth, 11));
    }

    [TestMethod]
    public void Each_window_becomes_one_report_and_the_collector_frees_it()
    {
        TestNode node = new TestNode(60, Assurance.Collector);
        node.RunSeconds(62);
        Assert.AreEqual(1, node.Node.Outbox.Count);
        node.Transport.Ack(TestNode.AckTopic, TestNode.BootId, 1);
        node.RunSeconds(120);
        Assert.AreEqual(3, node.Transport.Reports.Count);
        Assert.AreEqual(2, node.Node.Outbox.Count);
        for (int i = 0; i < 3; i++)
        {
            byte[] report = node.Transport.Report(i);
            Assert.AreEqual((uint)(i + 1), ReportFields.Sequence(report));
            Assert.AreEqual(60L, ReportFields.Value(report, 5));
            Assert.IsFalse(ReportFields.IsReplayed(report));
        }

        node.Transport.Ack(TestNode.AckTopic, TestNode.BootId, 2);
        node.RunSeconds(2);
        Assert.AreEqual(1, node.Node.Outbox.Count);
    }

    [TestMethod]
    public void A_word_for_another_boot_or_topic_frees_nothing()
    {
        TestNode node = new TestNode(60, Assurance.Collector);
        node.RunSeconds(62);
        node.Transport.Ack(TestNode.AckTopic, TestNode.BootId + 1, 1);
        node.Transport.Ack("gw/v1/h1/n2/ack", TestNode.BootId, 1);
        node.RunSeconds(2);
        Assert.AreEqual(1, node.Node.Outbox.Count);
    }

    [TestMethod]
    public void An_outage_delays_reports_and_keeps_their_order()
    {
        TestNode node = new TestNode(60, Assurance.Collector);
        node.RunSeconds(62);
        node.Transport.Ack(TestNode.AckTopic, TestNode.BootId, 1);
        node.Transport.Break();
        node.RunSeconds(600);
        Assert.AreEqual(1, node.Transport.Reports.Count);
        Assert.IsFalse(node.Node.IsOnline);

        node.Transport.Reachable = true;
        while (!node.Node.IsOnline)
        {
            node.RunSeconds(1);
        }

        node.RunSeconds(100);
        uint kept = 1, live = 11;
        for (int i = 1; i < node.Transport.Reports.Count; i++)
        {
            byte[] report = node.Transport.Report(i);
            if (ReportFields.IsReplayed(report))
            {
                kept++;
                Assert.AreEqual(kept, ReportFields.Sequence(report));
            }
            else
            {
                Assert.IsTrue(ReportFields.Sequence(report) > live);
                live = ReportFields.Sequence(report);
            }
        }

        Assert.IsTrue(kept >= 11, "kept reports sent: " + kept.ToString());
        Assert.AreEqual(node.Node.Sequence, live);
    }

    [TestMethod]
    public void Live_reports_do_not_wait_behind_those_that_were_kept()
    {
        TestNode node = new TestNode(60, Assurance.Collector);
        node.Transport.Reachable = false;
        node.RunSeconds((60 * 20) + 2);
        node.Transport.Reachable = true;
        while (!node.Node.IsOnline)
        {
            node.RunSeconds(1);
        }

        uint newest = node.Node.Sequence;
        node.Node.ReportNow();
        node.RunSeconds(3);
        byte[] last = node.Transport.Report(node.Transport.Reports.Count - 1);
        bool found = false;
        for (int i = 0; i < node.Transport.Reports.Count; i++)
        {
            found |= ReportFields.Sequence(node.Transport.Report(i)) == newest + 1;
        }

        Assert.IsTrue(found, "the live report was not sent at once");
        Assert.IsTrue(node.Transport.Reports.Count <= 5, "the kept ones were not paced");
        Assert.IsTrue(ReportFields.IsReplayed(node.Transport.Report(0)) || ReportFields.IsReplayed(last));
    }

    [TestMethod]
    public void A_report_states_how_much_before_it_is_still_held()
    {
        TestNode node = new TestNode(60, Assurance.Collector);
        node.RunSeconds(182);
        Assert.AreEqual(0L, ReportFields.ValueOrZero(node.Transport.Report(0), 8));
        Assert.AreEqual(1L, ReportFields.ValueOrZero(node.Transport.Report(1), 8));
        Assert.AreEqual(2L, ReportFields.ValueOrZero(node.Transport.Report(2), 8));
        node.Transport.Ack(TestNode.AckTopic, TestNode.BootId, 3);
        node.RunSeconds(60);
        Assert.AreEqual(0L, ReportFields.ValueOrZero(node.Transport.Report(3), 8));
    }

    [TestMethod]
    public void What_was_sent_before_a_reconnect_goes_again_and_is_marked_as_replayed()
    {
        TestNode node = new TestNode(60, Assurance.Collector);
        node.RunSeconds(62);
        node.Transport.Break();
        node.RunSeconds(2);
        node.Transport.Reachable = true;
        node.RunSeconds(30);
        Assert.AreEqual(2, node.Transport.Reports.Count);
        Assert.AreEqual(1u, ReportFields.Sequence(node.Transport.Report(1)));
        Assert.IsTrue(ReportFields.IsReplayed(node.Transport.Report(1)));
    }

    [TestMethod]
    public void Attempts_to_connect_back_off()
    {
        TestNode node = new TestNode(60, Assurance.Collector);
        node.Transport.Reachable = false;
        node.RunSeconds(6);
        Assert.AreEqual(1, node.Transport.Attempts);
        node.RunSeconds(11);
        Assert.AreEqual(2, node.Transport.Attempts);
        node.RunSeconds(600);
        int attempts = node.Transport.Attempts;
        Assert.IsTrue(attempts >= 6 && attempts <= 8, "attempts in ten minutes: " + attempts.ToString());
    }

    [TestMethod]
    public void A_broker_that_accepts_and_cuts_is_not_hammered()
    {
        TestNode node = new TestNode(60, Assurance.Collector);
        node.Transport.CutsAfterConnect = true;
        node.RunSeconds(3600);
        int attempts = node.Transport.Attempts;
        Assert.IsTrue(attempts >= 8 && attempts <= 11, "attempts in an hour: " + attempts.ToString());
    }

    [TestMethod]
    public void A_connection_on_which_the_collector_cannot_be_heard_is_given_up()
    {
        TestNode refused = new TestNode(60, Assurance.Collector);
        refused.Transport.GrantsSubscription = false;
        refused.RunSeconds(20);
        Assert.IsTrue(refused.Transport.Attempts >= 2, "refused: " + refused.Transport.Attempts.ToString());

        TestNode unanswered = new TestNode(60, Assurance.Collector);
        unanswered.Transport.AnswersSubscription = false;
        unanswered.RunSeconds(60);
        Assert.AreEqual(1, unanswered.Transport.Attempts);
        unanswered.RunSeconds(30);
        Assert.AreEqual(2, unanswered.Transport.Attempts);
    }

    [TestMethod]
    public void A_word_on_what_was_never_sent_frees_nothing()
    {
        TestNode node = new TestNode(60, Assurance.Collector);
        node.RunSeconds(62);
        node.Transport.Ack(TestNode.AckTopic, TestNode.BootId, 2000000);
        node.RunSeconds(120);
        Assert.AreEqual(3, node.Node.Outbox.Count);
        Assert.IsTrue(node.Transport.Reports.Count >= 3);
    }

    [TestMethod]
    public void Time_spent_connecting_is_no_round_trip()
    {
        TestNode node = new TestNode(60, Assurance.Broker);
        node.Transport.ConnectTakesMs = 12000;
        node.Transport.ConnectClock = node.Clock;
        node.Transport.Reachable = false;
        node.RunSeconds(62);
        node.Transport.Reachable = true;
        node.RunSeconds(120);
        Assert.IsTrue(node.Transport.Reports.Count >= 2);
        byte[] last = node.Transport.Report(node.Transport.Reports.Count - 1);
        int at = ReportFields.Start(last, 11);
        Assert.AreEqual((byte)0x1A, last[at + 4], "broker histogram");
        Assert.AreEqual((byte)0, last[at + 6], "first bin: under 1 ms");
    }

    [TestMethod]
    public void Every_pause_lies_in_its_octave_up_to_the_tenth()
    {
        Backoff backoff = new Backoff(new System.Random(1));
        for (int n = 1; n <= 14; n++)
        {
            int least = Limits.BackoffMs << ((n < Limits.BackoffSteps ? n : Limits.BackoffSteps) - 1);
            int pause = backoff.Next();
            Assert.IsTrue(pause >= least && pause < 2 * least, "pause " + n.ToString() + ": " + pause.ToString());
        }

        backoff.Reset();
        Assert.IsTrue(backoff.Next() < 2 * Limits.BackoffMs);
    }

    [TestMethod]
    public void A_broker_that_takes_packets_and_never_answers_is_left()
    {
        TestNode node = new TestNode(60, Assurance.Collector);
        node.Transport.Acknowledges = false;
        node.RunSeconds(500);
        Assert.IsTrue(node.Transport.Attempts >= 2, "attempts: " + node.Transport.Attempts.ToString());
        Assert.AreEqual(node.Node.Sequence, (uint)(node.Node.Outbox.Count + node.Node.Stored));
        Assert.IsTrue(node.Node.Outbox.Count <= 1, "what nobody takes is on flash within the minute");
    }

    [TestMethod]
    public void Another_assurance_begins_another_connection()
    {
        TestNode node = new TestNode(60, Assurance.Broker);
        node.RunSeconds(10);
        Assert.IsFalse(node.Transport.Subscriptions.Contains(TestNode.AckTopic));
        AgentSettings other = new AgentSettings
        {
            Home = "h1",
            Node = "n1",
            BrokerHost = "broker",
            WindowSeconds = 60,
            Assurance = Assurance.Collector,
        };
        node.Node.Apply(other);
        node.RunSeconds(10);
        Assert.AreEqual(2, node.Transport.Attempts);
        Assert.IsTrue(node.Transport.Subscriptions.Contains(TestNode.AckTopic));
    }

    [TestMethod]
    public void One_packet_is_under_way_at_a_time()
    {
        TestNode node = new TestNode(60, Assurance.Collector);
        node.Transport.Reachable = false;
        node.RunSeconds(60 * 8);
        node.Transport.Reachable = true;
        node.RunSeconds(700);
        int sent = node.Transport.Reports.Count;
        Assert.IsTrue(sent >= 8);
        node.Transport.Acknowledges = false;
        node.RunSeconds(55);
        Assert.IsTrue(node.Transport.Reports.Count <= sent + 1, "more than one under way");
    }

    [TestMethod]
    public void An_uplink_that_hangs_does_not_stop_the_sampling()
    {
        TestNode node = new TestNode(60, Assurance.Collector);
        node.SampleSeconds(601);
        Assert.AreEqual(10u, node.Node.Sequence);
        Assert.AreEqual(10, node.Node.Outbox.Count);
        node.RunSeconds(40);
        Assert.AreEqual(10, node.Transport.Reports.Count);
    }

    [TestMethod]
    public void With_the_broker_as_assurance_no_collector_is_needed()
    {
        TestNode node = new TestNode(60, Assurance.Broker);
        node.Transport.GrantsSubscription = false;
        node.RunSeconds(190);
        Assert.AreEqual(1, node.Transport.Attempts);
        Assert.AreEqual(2, node.Transport.Subscriptions.Count);
        Assert.AreEqual(3, node.Transport.Reports.Count);
        Assert.AreEqual(0, node.Node.Outbox.Count);
    }
}
