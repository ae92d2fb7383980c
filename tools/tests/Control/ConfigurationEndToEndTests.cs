using GatewayAgent.Collector.Store;
using GatewayAgent.Mosquitto;
using GatewayAgent.Tests.Gw;
using GatewayAgent.Tests.Support;

namespace GatewayAgent.Tests.Control;

/// <summary>A configuration's way from an operator through a broker into a node, and what is told of it on the other side.</summary>
public sealed class ConfigurationEndToEndTests
{
    private const int TrialSeconds = Limits.ConfigTrialMs / 1000;

    [BrokerFact]
    public void A_sound_configuration_is_tried_applied_and_survives_a_power_cut()
    {
        using var node = new ControlledNode();
        node.RunUntilAnswer("version 0: applied");

        node.Configure("""{"version":7,"windowSeconds":60,"survey":{"channels2g":[1,6,11]}}""");
        node.RunUntilAnswer("version 7: applied");
        Assert.Equal(["version 0: applied", "version 7: trial (version 0 is applied)", "version 7: applied"], node.Answers.Select(answer => $"{answer}"));
        Assert.Equal(60, node.Node.RunningOn.WindowSeconds);

        node.RunFor(600);
        node.CutPower();
        Assert.Equal((300, 60), (node.Node.Settings.WindowSeconds, node.Node.RunningOn.WindowSeconds));
        node.Answers.Clear();
        node.RunFor(600);
        node.RunUntilAnswer("version 7: applied");

        Assert.All(node.Answers, answer => Assert.Equal("version 7: applied", $"{answer}"));
        Assert.Equal((0, "home/hall: version 7: applied\n"), Shown(node));
        node.RunUntilStored("version 7: applied");
        using CollectorStore store = node.Store();
        Assert.Contains(store.Nodes(), told => told.Report?.SpanS == 60);
    }

    [BrokerFact]
    public void One_that_is_wrong_in_a_field_changes_nothing_and_names_the_field()
    {
        using var node = new ControlledNode();
        node.Configure("""{"version":8,"windowSeconds":60,"survey":{"dwellMs":5000}}""");

        const string Refusal = "version 8: refused: survey.dwellMs: 5000 is not within 20–1000 (version 0 is applied)";
        node.RunUntilAnswer(Refusal);

        Assert.Same(node.Node.Settings, node.Node.RunningOn);
        Assert.Equal((1, $"home/hall: {Refusal}\n"), Shown(node));
        node.AssertAllIsStoredOnce();
    }

    [BrokerFact]
    public void One_that_leads_to_a_closed_port_is_rolled_back_and_nothing_is_lost()
    {
        using var node = new ControlledNode();
        using MosquittoBroker gone = MosquittoBroker.Start();
        gone.Kill();

        AssertRolledBack(node, gone.Port, "; last error: ");
    }

    [BrokerFact]
    public void One_that_leads_to_a_broker_of_a_stranger_is_rolled_back_and_nothing_is_lost()
    {
        using var node = new ControlledNode(tls: true);
        using var strange = new LabAuthority();
        LabIdentity its = strange.IssueBroker(["127.0.0.1"]);
        using MosquittoBroker elsewhere = MosquittoBroker.Start(new MosquittoBrokerOptions { Tls = (its.CertificateFile, its.KeyFile) });

        AssertRolledBack(node, elsewhere.Port, "the broker's certificate is refused: no trusted authority has signed it");
    }

    [BrokerFact]
    public void A_power_cut_in_the_middle_of_a_trial_ends_it()
    {
        using var node = new ControlledNode();
        using MosquittoBroker gone = MosquittoBroker.Start();
        gone.Kill();
        node.RunUntilAnswer("version 0: applied");
        node.Configure(To(gone.Port));
        node.RunUntil(() => node.Node.RunningOn.BrokerPort == gone.Port, "the trial");

        node.CutPower();

        Assert.Equal(node.Broker.Port, node.Node.RunningOn.BrokerPort);
        node.RunUntil(() => node.Answers.Exists(answer => answer is { Status: "rolled-back", Version: 9, Applied: 0 }), "the end of the trial");
    }

    private static void AssertRolledBack(ControlledNode node, int port, string reason)
    {
        node.Configure("""{"version":1,"windowSeconds":60}""");
        node.RunUntilAnswer("version 1: applied");
        int heldBefore = node.Answers.Count;
        node.Configure(To(port));
        node.RunUntil(() => node.Node.RunningOn.BrokerPort == port, "the trial");
        long from = node.Second;

        node.RunUntil(() => node.Answers.Exists(answer => answer.Status == "rolled-back"), "the way back");

        Assert.InRange(node.Second - from, TrialSeconds - 60, TrialSeconds + 120);
        Assert.Equal((node.Broker.Port, 60), (node.Node.RunningOn.BrokerPort, node.Node.RunningOn.WindowSeconds));
        string told = $"{node.Answers.Last(answer => answer.Status == "rolled-back")}";
        Assert.StartsWith("version 9: rolled-back: no acknowledgement from the collector within 15 min", told, StringComparison.Ordinal);
        Assert.Contains(reason, told, StringComparison.Ordinal);
        Assert.EndsWith(" (version 1 is applied)", told, StringComparison.Ordinal);
        Assert.Equal((1, $"home/hall: {told}\n"), Shown(node));
        node.RunFor(300);
        node.AssertAllIsStoredOnce();
        node.RunUntilStored(told);

        // The retained message is still there: it is not tried again.
        Assert.DoesNotContain(node.Answers.Skip(heldBefore), answer => answer.Status == "applied");
        Assert.Equal(node.Broker.Port, node.Node.RunningOn.BrokerPort);
    }

    private static string To(int port) => $$$"""{"version":9,"windowSeconds":120,"broker":{"port":{{{port}}}}}""";

    private static (int ExitCode, string Out) Shown(ControlledNode node)
    {
        GwResult shown = node.Gw("config");
        return (shown.ExitCode, shown.Out);
    }
}
