using GatewayAgent.Control;
using GatewayAgent.Mosquitto;
using GatewayAgent.Tests.Mosquitto;
using GatewayAgent.Tests.NanoHost;
using GatewayAgent.Tests.Support;

namespace GatewayAgent.Tests.Security;

/// <summary>
/// A node that the broker or its own TLS refuses: the reason is told, sampling goes on, and once it is put right everything arrives.
/// </summary>
public sealed class RefusedNodeTests
{
    [BrokerFact]
    public void With_sound_certificates_everything_arrives()
    {
        using var lab = new TlsLab();
        lab.Collect();
        using var node = new NodeAtBroker(lab.Broker, lab.Sound());
        node.Report(3);

        node.Drain();

        Assert.Equal([1u, 2, 3], lab.Stored());
        Assert.Empty(node.Failures);
    }

    [BrokerFact]
    public void A_broker_whose_authority_is_not_the_provisioned_one_is_not_talked_to()
    {
        using var lab = new TlsLab();
        using var node = new NodeAtBroker(lab.Broker, TlsLab.Node(lab.Stranger, lab.Authority.IssueClient("node")));

        Assert.Contains("the broker's certificate is refused: no trusted authority has signed it", TlsLab.RefusalOf(node), StringComparison.Ordinal);

        node.Settings.BrokerCa = lab.Authority.Certificate;
        AssertAllArrives(lab, node);
    }

    [BrokerFact]
    public void A_broker_whose_certificate_has_expired_is_not_talked_to()
    {
        using var lab = new TlsLab();
        lab.Install(lab.Authority, lab.Authority.IssueBroker(["127.0.0.1"], expired: true));
        lab.Restart();
        using var node = new NodeAtBroker(lab.Broker, lab.Sound());

        Assert.Contains("the broker's certificate is refused: it has expired", TlsLab.RefusalOf(node), StringComparison.Ordinal);

        lab.Install(lab.Authority, lab.Authority.IssueBroker(["127.0.0.1"]));
        lab.Restart();
        AssertAllArrives(lab, node);
    }

    [BrokerFact]
    public void A_broker_with_the_certificate_of_another_host_is_not_talked_to()
    {
        using var lab = new TlsLab();
        lab.Install(lab.Authority, lab.Authority.IssueBroker(["broker.example"]));
        lab.Restart();
        using var node = new NodeAtBroker(lab.Broker, lab.Sound());

        Assert.Contains("the broker's certificate is refused: it is for another host name", TlsLab.RefusalOf(node), StringComparison.Ordinal);

        lab.Install(lab.Authority, lab.Authority.IssueBroker(["127.0.0.1"]));
        lab.Restart();
        AssertAllArrives(lab, node);
    }

    [BrokerFact]
    public void A_client_certificate_that_has_expired_is_refused()
    {
        using var lab = new TlsLab();
        using var node = new NodeAtBroker(lab.Broker, TlsLab.Node(lab.Authority, lab.Authority.IssueClient("node", expired: true)));

        Assert.Contains("refuses this client's certificate, or misses one (TLS alert: certificate expired)", TlsLab.RefusalOf(node), StringComparison.Ordinal);

        Certify(node.Settings, lab.Authority);
        AssertAllArrives(lab, node);
    }

    [BrokerFact]
    public void A_client_certificate_of_another_authority_is_refused()
    {
        using var lab = new TlsLab();
        using var node = new NodeAtBroker(lab.Broker, TlsLab.Node(lab.Authority, lab.Stranger.IssueClient("node")));

        Assert.Contains("refuses this client's certificate, or misses one (TLS alert: ", TlsLab.RefusalOf(node), StringComparison.Ordinal);

        Certify(node.Settings, lab.Authority);
        AssertAllArrives(lab, node);
    }

    [BrokerFact]
    public void Without_a_client_certificate_it_is_refused()
    {
        using var lab = new TlsLab();
        using var node = new NodeAtBroker(lab.Broker, new AgentSettings { BrokerCa = lab.Authority.Certificate });

        Assert.Contains("refuses this client's certificate, or misses one (TLS alert: certificate required)", TlsLab.RefusalOf(node), StringComparison.Ordinal);

        Certify(node.Settings, lab.Authority);
        AssertAllArrives(lab, node);
    }

    [BrokerFact]
    public void Without_an_authority_nobody_is_trusted()
    {
        using var lab = new TlsLab();
        AgentSettings settings = lab.Sound();
        settings.BrokerCa = null!;
        using var node = new NodeAtBroker(lab.Broker, settings);

        Assert.StartsWith("no authority for TLS is provisioned (ca.pem)", TlsLab.RefusalOf(node), StringComparison.Ordinal);

        node.Settings.BrokerCa = lab.Authority.Certificate;
        AssertAllArrives(lab, node);
    }

    [BrokerFact]
    public void Files_that_are_no_pem_are_named()
    {
        using var lab = new TlsLab();
        using var node = new NodeAtBroker(lab.Broker, lab.Sound());

        node.Settings.BrokerCa = "nonsense";
        Assert.EndsWith("the authority (ca.pem) is not a certificate in PEM", TlsLab.RefusalOf(node), StringComparison.Ordinal);

        node.Settings.BrokerCa = lab.Authority.Certificate;
        node.Settings.ClientKey = lab.Authority.IssueClient("node").Key;
        Assert.Contains("(client.pem) or its key (client.key)", TlsLab.RefusalOf(node), StringComparison.Ordinal);

        Certify(node.Settings, lab.Authority);
        AssertAllArrives(lab, node);
    }

    [BrokerFact]
    public void A_wrong_password_over_tls_is_refused()
    {
        using var authority = new LabAuthority();
        LabIdentity brokers = authority.IssueBroker(["127.0.0.1"]);
        using var broker = MosquittoBroker.Start(new MosquittoBrokerOptions
        {
            Tls = (brokers.CertificateFile, brokers.KeyFile),
            Users = [BrokerUser.Node("home", "node", "correct horse")],
        });
        using var node = new NodeAtBroker(broker, new AgentSettings { BrokerCa = authority.Certificate, BrokerPassword = "battery staple" });

        Assert.EndsWith(
            "refused by the broker: not authorised; user name, password or certificate are not those of this node (code 5)",
            TlsLab.RefusalOf(node),
            StringComparison.Ordinal);

        node.Settings.BrokerPassword = "correct horse";
        node.RunUplinkUntil(() => node.Node.IsOnline);
    }

    [BrokerFact]
    public void A_broker_that_is_away_is_named_with_its_port()
    {
        using var lab = new TlsLab();
        using var node = new NodeAtBroker(lab.Broker, lab.Sound());
        lab.Broker.Kill();

        Assert.Equal($"127.0.0.1:{lab.Broker.Port}: Connection refused", TlsLab.RefusalOf(node));

        lab.Broker.Restart();
        AssertAllArrives(lab, node);
    }

    [BrokerFact]
    public void A_broker_that_comes_back_with_another_authority_is_refused_until_that_is_provisioned()
    {
        using var lab = new TlsLab();
        using var node = new NodeAtBroker(lab.Broker, lab.Sound());
        node.RunUplinkUntil(() => node.Node.IsOnline);
        lab.Install(lab.Stranger, lab.Stranger.IssueBroker(["127.0.0.1"]));
        lab.Restart();
        node.RunUplinkUntil(() => !node.Node.IsOnline);

        Assert.Contains("no trusted authority has signed it", TlsLab.RefusalOf(node), StringComparison.Ordinal);

        node.Settings.BrokerCa = lab.Authority.Certificate + "\n" + lab.Stranger.Certificate;
        Certify(node.Settings, lab.Stranger);
        AssertAllArrives(lab, node, lab.Stranger);
    }

    [BrokerFact]
    public void A_node_in_the_wrong_home_is_denied_by_name_and_keeps_its_reports()
    {
        using var lab = new TlsLab();
        lab.Collect();
        AgentSettings settings = lab.Sound();
        settings.Home = "elsewhere";
        using var node = new NodeAtBroker(lab.Broker, settings);
        node.Report(2);
        node.RunUplinkUntil(() => node.Node.IsOnline && node.Node.Outbox.WaitingCount + node.Node.Outbox.SentCount == 0);

        // Of MQTT 3.1.1 the broker has no way to tell the node; only the collector's silence does.
        Assert.StartsWith("Denied PUBLISH from node ", lab.Denials.Take(), StringComparison.Ordinal);
        Assert.Empty(lab.Stored());
        Assert.Equal(2, node.Node.Outbox.Count);
        node.Report(1);
        Assert.Equal(3u, node.Node.Sequence);
    }

    [BrokerFact]
    public void What_a_node_sends_on_anothers_branch_goes_nowhere_and_what_it_hears_there_is_nothing()
    {
        using var lab = new TlsLab();
        using Peer collector = Peer.Connect(lab.Broker, lab.Client("collector"));
        using Peer node = Peer.Connect(lab.Broker, lab.Client("node"));
        collector.Subscribe("gw/v1/+/+/report");
        node.Subscribe("gw/v1/home/+/ack");

        node.Client.Publish("gw/v1/home/other/report", [1]);
        node.Client.Publish("gw/v1/home/node/report", [2]);
        collector.Client.Publish("gw/v1/home/other/ack", [3]);
        collector.Client.Publish("gw/v1/home/node/ack", [4]);

        Assert.Equal([2], collector.Messages.Take().Payload);
        Assert.Equal([4], node.Messages.Take().Payload);
        Assert.Contains("'gw/v1/home/other/report'", lab.Denials.Take(), StringComparison.Ordinal);
    }

    private static void Certify(AgentSettings settings, LabAuthority authority)
    {
        LabIdentity own = authority.IssueClient("node");
        (settings.ClientCertificate, settings.ClientKey) = (own.Certificate, own.Key);
    }

    private static void AssertAllArrives(TlsLab lab, NodeAtBroker node, LabAuthority? authority = null)
    {
        lab.Collect(authority);
        node.Drain();
        Assert.Equal(Enumerable.Range(1, (int)node.Node.Sequence).Select(i => (uint)i), lab.Stored());
    }
}
