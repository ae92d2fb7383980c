using GatewayAgent.DeviceTests.Fakes;
using GatewayAgent.Uplink;
using nanoFramework.TestFramework;

namespace GatewayAgent.DeviceTests;

[TestClass]
public class TimeTests
{
    private const int BootTimeField = 6;
    private const uint Now = 1800000000;

    [TestMethod]
    public void Reports_from_before_the_time_was_known_get_it_when_they_go()
    {
        TestNode node = new TestNode(60, Assurance.Collector);
        node.Transport.Reachable = false;
        node.RunSeconds(200);
        node.Clock.UnixSeconds = Now;
        uint bootTime = Now - (uint)(node.Clock.UptimeMs / 1000);
        node.Transport.Reachable = true;
        while (node.Transport.Reports.Count < 3)
        {
            Tick(node);
        }

        for (int i = 0; i < 3; i++)
        {
            Assert.AreEqual((uint)(i + 1), ReportFields.Sequence(node.Transport.Report(i)));
            Assert.AreEqual((long)bootTime, ReportFields.Value(node.Transport.Report(i), BootTimeField));
        }
    }

    [TestMethod]
    public void A_node_that_never_learns_the_time_reports_without()
    {
        TestNode node = new TestNode(60, Assurance.Collector);
        node.RunSeconds(62);
        Assert.AreEqual(-1L, ReportFields.Value(node.Transport.Report(0), BootTimeField));
        Assert.AreEqual(60L, ReportFields.Value(node.Transport.Report(0), 5));
    }

    [TestMethod]
    public void Steps_of_the_clock_lose_and_double_nothing()
    {
        TestNode node = new TestNode(60, Assurance.Broker);
        node.Clock.UnixSeconds = Now;
        for (int i = 0; i < 1202; i++)
        {
            // An hour forth, two back, and now and then unknown again.
            node.Clock.UnixSeconds = i % 97 == 0 ? 0 : i % 53 == 0 ? Now - 7200 : i % 31 == 0 ? Now + 3600 : Now + (uint)i;
            node.RunSeconds(1);
        }

        Assert.AreEqual(20, node.Transport.Reports.Count);
        for (int i = 0; i < 20; i++)
        {
            byte[] report = node.Transport.Report(i);
            Assert.AreEqual((uint)(i + 1), ReportFields.Sequence(report));
            Assert.AreEqual(i * 60L, ReportFields.ValueOrZero(report, 4));
            Assert.AreEqual(60L, ReportFields.Value(report, 5));
            Assert.AreEqual(-1L, ReportFields.Value(report, 14), "losses");
        }
    }

    private static void Tick(TestNode node)
    {
        node.RunSeconds(1);
        node.Clock.UnixSeconds++;
    }
}
