using GatewayAgent.Collector.Store;
using GatewayAgent.Indication;
using GatewayAgent.Protocol;
using GatewayAgent.Tests.Support;

namespace GatewayAgent.Tests.Control;

/// <summary>A command's way from an operator through a broker into a node, and its answer back. Windows are long: reports come when asked for.</summary>
public sealed class CommandEndToEndTests
{
    private const int Hour = 3600;

    [BrokerFact]
    public void Each_is_carried_out_and_answered()
    {
        using ControlledNode node = Quiet();

        node.Command("a-1", "locate", ",\"seconds\":20");
        node.RunUntilAnswer("locate a-1: done");
        Assert.Equal(NodeState.Locate, node.Node.Board!.State);
        node.RunFor(30);
        Assert.NotEqual(NodeState.Locate, node.Node.Board!.State);

        node.Command("a-2", "placement", ",\"on\":true");
        node.RunUntilAnswer("placement a-2: done");
        Assert.InRange(node.Node.Board!.State, NodeState.PlacementBlind, NodeState.PlacementClose);
        node.Command("a-3", "placement", ",\"on\":false");
        node.RunUntilAnswer("placement a-3: done");
        node.RunFor(5);
        Assert.NotInRange(node.Node.Board!.State, NodeState.PlacementBlind, NodeState.PlacementClose);

        node.Command("a-4", "survey-now");
        node.RunUntilAnswer("survey-now a-4: accepted");
        node.RunFor(60);
        Assert.Equal(0u, node.Node.Sequence);
        node.Command("a-5", "report-now");
        node.RunUntilAnswer("report-now a-5: accepted");
        node.RunUntil(() => Report(node) != null, "the report");
        Assert.InRange(Report(node)!.Health.OffChannelMs, 12u * 120, 14u * 120);
    }

    [BrokerFact]
    public void One_that_comes_again_is_answered_again_and_not_run_again()
    {
        using ControlledNode node = Quiet();
        for (int time = 1; time <= 3; time++)
        {
            node.Command("same", "report-now");
            node.RunUntil(() => node.Answers.Count(answer => $"{answer}" == "report-now same: accepted") == time, $"answer {time}");
        }

        node.RunFor(60);

        Assert.Equal(1u, node.Node.Sequence);
        node.AssertAllIsStoredOnce();
    }

    [BrokerFact]
    public void One_that_has_expired_is_refused_for_good()
    {
        using ControlledNode node = Quiet();

        node.Command($$"""{"id":"late","cmd":"report-now","expires":{{node.Now - 1}}}""");
        node.RunUntilAnswer("report-now late: expired");
        node.Command("late", "report-now");
        node.RunUntil(() => node.Answers.Count(answer => $"{answer}" == "report-now late: expired") == 2, "the second answer");

        Assert.Equal(0u, node.Node.Sequence);
        node.RunUntilStored("report-now late: expired");
    }

    [BrokerFact]
    public void What_is_no_command_is_answered_with_the_reason()
    {
        using ControlledNode node = Quiet();

        node.Command("x", "dance");
        node.RunUntilAnswer("dance x: unknown: known are survey-now, locate, placement, report-now, reboot");
        node.Command("y", "locate", ",\"seconds\":0");
        node.RunUntilAnswer("locate y: refused: seconds: 0 is not within 1–3600");
    }

    [BrokerFact]
    public void A_reboot_happens_once_and_only_after_everything_measured_is_safe()
    {
        using ControlledNode node = Quiet();
        node.RunFor(1000);

        node.Command("again", "reboot");
        node.RunUntilAnswer("reboot again: accepted");
        node.RunUntil(() => node.Node.Boots.Count == 2, "the second boot");
        Assert.Equal(1u, node.Node.Boots[0].Reports);
        node.Command("again", "reboot");
        node.RunUntilAnswer("reboot again: done");
        node.RunFor(1000);

        Assert.Equal(2, node.Node.Boots.Count);
        node.AssertAllIsStoredOnce();
        using CollectorStore store = node.Store();
        State birth = Assert.Single(store.Nodes()).Birth!;
        Assert.Equal((2u, "command again", ResetCause.Software), (birth.Boots, birth.LastWords, birth.ResetCause));
    }

    private static ControlledNode Quiet()
    {
        var node = new ControlledNode(provision: settings =>
        {
            settings.WindowSeconds = Hour;
            settings.FirstWindowSeconds = Hour;
            settings.SurveyPeriodMs = 0;
        });
        node.RunUntilAnswer("version 0: applied");
        return node;
    }

    private static Report? Report(ControlledNode node)
    {
        using CollectorStore store = node.Store();
        return store.Nodes().FirstOrDefault()?.Report;
    }
}
