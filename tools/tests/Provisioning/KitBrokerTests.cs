using GatewayAgent.App;
using GatewayAgent.Control;
using GatewayAgent.Device.Mqtt;
using GatewayAgent.Device.Platform;
using GatewayAgent.Mosquitto;
using GatewayAgent.NanoHost;
using GatewayAgent.Provisioning.Kits;
using GatewayAgent.Tests.Gw;
using GatewayAgent.Tests.Mosquitto;
using GatewayAgent.Tests.Support;
using nanoFramework.Json;

namespace GatewayAgent.Tests.Provisioning;

/// <summary>A real broker on a kit's files lets its nodes in, each on its own branch, and nobody else.</summary>
public sealed class KitBrokerTests
{
    private static readonly TimeSpan _longEnough = TimeSpan.FromSeconds(30);

    [BrokerTheory]
    [InlineData(NodeIdentity.Certificate, true)]
    [InlineData(NodeIdentity.Password, true)]
    [InlineData(NodeIdentity.Password, false)]
    public void Each_node_is_let_in_on_its_own_branch_only(NodeIdentity identity, bool tls)
    {
        int port = LoopbackPort.Find();
        using KitLab lab = Lab(identity, tls, port);
        lab.Provision([.. Enumerable.Range(0, 60).Select(i => KitLab.Plan($"h{i / 3}", $"n{i}"))]);
        using var broker = new KitBroker(lab, port);
        using Peer collector = Connect(broker.Collector());
        collector.Subscribe("gw/v1/#");

        foreach (int i in (int[])[0, 1, 29, 59])
        {
            using Peer node = Connect(broker.Node($"n{i}"));
            string own = $"gw/v1/h{i / 3}/n{i}";
            node.Subscribe($"{own}/ack");
            node.Client.Publish($"gw/v1/h{i / 3}/n{(i + 1) % 3 + i / 3 * 3}/report", [66]);
            node.Client.Publish($"gw/v1/h99/n{i}/report", [67]);
            node.Client.Publish($"{own}/report", [1]);

            // What is denied is dropped before: in order, the first that comes is the node's own.
            Assert.Equal(($"{own}/report", 1), Next(collector));
            collector.Client.Publish($"{own}/ack", [2]);
            Assert.Equal(($"{own}/ack", 2), Next(node));
            Assert.Equal(($"{own}/ack", 2), Next(collector));
        }
    }

    [BrokerTheory]
    [InlineData("h1", "n1", "h1", "n10")]
    [InlineData("h1", "n1", "h10", "n11")]
    [InlineData("h1", "n.1", "h1", "n-1")]
    [InlineData("h1", "n1", "h1", "N1")]
    public void A_node_gets_nothing_of_another_whatever_it_subscribes_to_or_leaves_behind(string home, string node, string otherHome, string other)
    {
        int port = LoopbackPort.Find();
        using KitLab lab = Lab(NodeIdentity.Certificate, true, port);
        lab.Provision(KitLab.Plan(home, node), KitLab.Plan(otherHome, other));
        using var broker = new KitBroker(lab, port);
        (string own, string foreign) = ($"gw/v1/{home}/{node}", $"gw/v1/{otherHome}/{other}");
        using Peer collector = Connect(broker.Collector());
        collector.Subscribe("gw/v1/#");
        collector.Client.Publish($"{foreign}/config", [1], retain: true);
        Assert.Equal(($"{foreign}/config", 1), Next(collector));

        // Its will is on the other's branch, and published when the connection breaks.
        using (Peer dying = Connect(broker.Node(node) with { Will = new MosquittoWill($"{foreign}/state", new byte[] { 66 }, 1, true) }))
        {
        }

        broker.WaitForLog($"Client {node} closed its connection");
        using Peer curious = Connect(broker.Node(node));
        foreach (string filter in (string[])["#", "+/#", "gw/v1/#", "gw/v1/+/+/config", $"gw/v1/{otherHome}/+/report", $"{foreign}/#", "$SYS/#", "$share/x/gw/v1/#", $"$share/x/{foreign}/report", "$CONTROL/#"])
        {
            curious.Subscribe(filter);
        }

        using Peer victim = Connect(broker.Node(other));
        victim.Subscribe($"{foreign}/ack");
        victim.Client.Publish($"{foreign}/report", [2], retain: true);
        Assert.Equal(($"{foreign}/report", 2), Next(collector));
        curious.Client.Publish($"{foreign}/cmd", [67], retain: true);
        curious.Client.Publish("$CONTROL/dynamic-security/v1", [68]);
        curious.Client.Publish($"{own}/report", [3]);
        Assert.Equal(($"{own}/report", 3), Next(collector));
        Assert.Equal(($"{own}/report", 3), Next(curious));
        collector.Client.Publish($"{foreign}/ack", [4]);
        Assert.Equal(($"{foreign}/ack", 4), Next(victim));
    }

    [BrokerFact]
    public void Ids_as_long_as_topics_allow_are_let_in()
    {
        int port = LoopbackPort.Find();
        using KitLab lab = Lab(NodeIdentity.Certificate, true, port);
        (string home, string node) = ($"-{new string('h', 62)}.", $".{new string('n', 62)}-");
        lab.Provision(KitLab.Plan(home, node));
        using var broker = new KitBroker(lab, port);
        using Peer collector = Connect(broker.Collector());
        collector.Subscribe("gw/v1/#");
        using Peer peer = Connect(broker.Node(node));

        peer.Client.Publish($"gw/v1/{home}/{node}/report", [1]);

        Assert.Equal(($"gw/v1/{home}/{node}/report", 1), Next(collector));
    }

    [BrokerTheory]
    [InlineData(NodeIdentity.Certificate, true)]
    [InlineData(NodeIdentity.Password, true)]
    [InlineData(NodeIdentity.Password, false)]
    public void The_firmwares_own_transport_connects_with_what_its_board_would_hold(NodeIdentity identity, bool tls)
    {
        int port = LoopbackPort.Find();
        using KitLab lab = Lab(identity, tls, port);
        lab.Provision(KitLab.Plan("h1", "n1"));
        using var broker = new KitBroker(lab, port);
        using NanoContext.Scope device = new NanoContext("n1").Enter();
        var flash = new FlashStore(lab.InKit("nodes/n1") + "/");
        AgentSettings settings = ((ProvisionedSettings)JsonConvert.DeserializeObject(flash.Read("agent.json"), typeof(ProvisionedSettings))).ToSettings();
        ProvisionedCertificates.Read(flash, settings);
        var transport = new MqttTransport(settings);

        bool connected = transport.Connect("gw/v1/h1/n1/state", "gone");

        Assert.True(connected, transport.LastError);
        transport.Disconnect();
    }

    [BrokerTheory]
    [InlineData(NodeIdentity.Certificate, true)]
    [InlineData(NodeIdentity.Password, true)]
    [InlineData(NodeIdentity.Password, false)]
    public void A_command_is_let_in_as_a_client_of_the_kit_by_its_folder(NodeIdentity identity, bool tls)
    {
        int port = LoopbackPort.Find();
        using KitLab lab = Lab(identity, tls, port);
        lab.Provision(KitLab.Plan("h1", "n1"));
        using var broker = new KitBroker(lab, port);

        GwResult asked = GwProcess.Run("config", "h1/n1", "--broker", $"127.0.0.1:{port}", "--as", lab.InKit("clients/operator") + "/");

        Assert.Equal((1, "gw: h1/n1: it has told this broker nothing of its configuration\n"), (asked.ExitCode, asked.Error));
    }

    [BrokerTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_wrong_password_is_refused(bool tls)
    {
        int port = LoopbackPort.Find();
        using KitLab lab = Lab(NodeIdentity.Password, tls, port);
        lab.Provision(KitLab.Plan("h1", "n1"), KitLab.Plan("h1", "n2"));
        using var broker = new KitBroker(lab, port);

        Assert.Throws<MosquittoRefusedException>(() => Connect(broker.Node("n1") with { Password = broker.Node("n2").Password }));
        Assert.Throws<MosquittoRefusedException>(() => Connect(broker.Node("n1") with { Password = null, UserName = null }));
        Connect(broker.Node("n1")).Dispose();
    }

    [BrokerFact]
    public void A_certificate_of_another_kit_is_refused()
    {
        int port = LoopbackPort.Find();
        using KitLab lab = Lab(NodeIdentity.Certificate, true, port), stranger = Lab(NodeIdentity.Certificate, true, port);
        lab.Provision(KitLab.Plan("h1", "n1"));
        stranger.Provision(KitLab.Plan("h1", "n1"));
        using var broker = new KitBroker(lab, port);
        MosquittoOptions own = broker.Node("n1");

        MosquittoTls strange = own.Tls! with { CertificateFile = stranger.InKit("nodes/n1/client.pem"), KeyFile = stranger.InKit("nodes/n1/client.key") };
        Assert.True(Assert.Throws<MosquittoUnreachableException>(() => Connect(own with { Tls = strange })).IsTlsFailure);
        Assert.True(Assert.Throws<MosquittoUnreachableException>(() => Connect(own with { Tls = own.Tls! with { CaFile = stranger.InKit("nodes/n1/ca.pem") } })).IsTlsFailure);
        Connect(own).Dispose();
    }

    [BrokerFact]
    public void A_revoked_certificate_is_refused_and_the_others_are_not()
    {
        int port = LoopbackPort.Find();
        using KitLab lab = Lab(NodeIdentity.Certificate, true, port);
        lab.Provision(KitLab.Plan("h1", "n1"), KitLab.Plan("h1", "n2"));
        foreach (string file in (string[])["ca.pem", "client.pem", "client.key"])
        {
            File.Copy(lab.InKit($"nodes/n1/{file}"), lab.InFolder(file));
        }

        lab.Revoke(false, "n1");
        using var broker = new KitBroker(lab, port);

        var stolen = new MosquittoTls { CaFile = lab.InFolder("ca.pem"), CertificateFile = lab.InFolder("client.pem"), KeyFile = lab.InFolder("client.key") };
        Assert.True(Assert.Throws<MosquittoUnreachableException>(() => Connect(broker.Node("n2") with { ClientId = "n1", Tls = stolen })).IsTlsFailure);
        Connect(broker.Node("n2")).Dispose();
    }

    [BrokerFact]
    public void A_revoked_password_is_refused()
    {
        int port = LoopbackPort.Find();
        using KitLab lab = Lab(NodeIdentity.Password, false, port);
        lab.Provision(KitLab.Plan("h1", "n1"), KitLab.Plan("h1", "n2"));
        MosquittoOptions stolen;
        using (var before = new KitBroker(lab, port))
        {
            Connect(stolen = before.Node("n1")).Dispose();
        }

        lab.Revoke(false, "n1");
        using var broker = new KitBroker(lab, port);

        Assert.Throws<MosquittoRefusedException>(() => Connect(stolen));
        Connect(broker.Node("n2")).Dispose();
    }

    [BrokerFact]
    public void The_nodes_need_nothing_new_when_the_brokers_certificate_is_renewed()
    {
        int port = LoopbackPort.Find();
        using KitLab lab = Lab(NodeIdentity.Certificate, true, port);
        lab.Provision(KitLab.Plan("h1", "n1"));
        string before = lab.Read("broker/broker.pem");
        using (KitChange kit = lab.Begin())
        {
            kit.RenewBroker(["localhost"]);
            kit.Commit();
        }

        using var broker = new KitBroker(lab, port);

        Assert.NotEqual(before, lab.Read("broker/broker.pem"));
        Connect(broker.Node("n1")).Dispose();
        Connect(broker.Node("n1") with { Host = "localhost" }).Dispose();
    }

    private static KitLab Lab(NodeIdentity identity, bool tls, int port) =>
        new() { Request = new KitRequest { Host = "127.0.0.1", Port = port, Identity = identity, IsTls = tls } };

    private static Peer Connect(MosquittoOptions options)
    {
        var peer = new Peer(options);
        try
        {
            peer.Client.Connect(_longEnough);
            return peer;
        }
        catch
        {
            peer.Dispose();
            throw;
        }
    }

    private static (string Topic, int Content) Next(Peer peer)
    {
        Received message = peer.Messages.Take();
        return (message.Topic, message.Payload[0]);
    }
}
