using System.Security.Cryptography.X509Certificates;
using System.Text;
using GatewayAgent.Mosquitto;
using GatewayAgent.NanoHost;
using GatewayAgent.Tests.Mosquitto;
using GatewayAgent.Tests.Support;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace GatewayAgent.Tests.NanoHost;

/// <summary>The device client's behaviour, as RADIO.md and the source of M2Mqtt 5.1 tell it.</summary>
public sealed class MqttClientTests : IDisposable
{
    private readonly NanoContext.Scope _scope = new NanoContext("node").Enter();

    public void Dispose() => _scope.Dispose();

    [BrokerFact]
    public void A_report_is_acknowledged_by_the_id_publish_returned()
    {
        using var broker = MosquittoBroker.Start();
        using Peer reader = Peer.Connect(broker);
        reader.Subscribe("gw/#");
        using var node = new Node(broker);
        Assert.Equal(MqttReasonCode.Success, node.Client.Connect("node"));

        ushort id = node.Publish("gw/report", 1);

        MqttMsgPublishedEventArgs published = node.Published.Take();
        Assert.Equal(id, published.MessageId);
        Assert.True(published.IsPublished);
        Assert.Equal([1], reader.Messages.Take().Payload);
        Assert.True(node.Client.IsConnected);
        Assert.Equal("node", node.Client.ClientId);
    }

    [BrokerFact]
    public void Qos_0_has_no_completion_event()
    {
        using var broker = MosquittoBroker.Start();
        using Node node = Node.Connect(broker);

        node.Client.Publish("gw/report", [1]);
        ushort acknowledged = node.Publish("gw/report", 2);

        Assert.Equal(acknowledged, node.Published.Take().MessageId);
    }

    [BrokerFact]
    public void A_full_inflight_queue_throws_and_has_room_again_after_the_acknowledgements()
    {
        using var broker = MosquittoBroker.Start();
        using Node node = Node.Connect(broker);
        node.Client.Settings.InflightQueueSize = 2;
        broker.Suspend();
        node.Publish("gw/a", 1);
        node.Publish("gw/b", 2);

        var fault = Assert.Throws<MqttClientException>(() => node.Publish("gw/c", 3));
        Assert.Equal(MqttClientErrorCode.InflightQueueFull, fault.ErrorCode);

        broker.Resume();
        node.Published.Take(2);
        node.Publish("gw/c", 3);
        Assert.True(node.Published.Take().IsPublished);
    }

    [BrokerFact]
    public void A_message_without_answer_is_given_up()
    {
        using var broker = MosquittoBroker.Start();
        using Node node = Node.Connect(broker);
        node.Client.Settings.DelayOnRetry = 10;
        broker.Suspend();

        ushort id = node.Publish("gw/report", 1);

        MqttMsgPublishedEventArgs given = node.Published.Take();
        Assert.Equal(id, given.MessageId);
        Assert.False(given.IsPublished);
        broker.Resume();
    }

    [BrokerFact]
    public void A_lost_connection_forgets_what_is_under_way_and_says_only_that_it_is_closed()
    {
        using var broker = MosquittoBroker.Start();
        using Node node = Node.Connect(broker);
        node.Client.Settings.InflightQueueSize = 1;
        broker.Suspend();
        node.Publish("gw/lost", 1);

        broker.Kill();
        node.Closed.Take();

        Assert.False(node.Client.IsConnected);
        Assert.Equal(0, node.Published.Count);
        node.Publish("gw/fits-again", 2);
    }

    [BrokerFact]
    public void What_is_published_without_a_connection_goes_out_with_the_next_one()
    {
        using var broker = MosquittoBroker.Start();
        using Peer reader = Peer.Connect(broker);
        reader.Subscribe("gw/#");
        using var node = new Node(broker);

        ushort id = node.Publish("gw/early", 7);
        node.Client.Connect("node");

        Assert.Equal("gw/early", reader.Messages.Take().Topic);
        Assert.Equal(id, node.Published.Take().MessageId);
    }

    [BrokerFact]
    public void The_closing_handler_may_connect_again()
    {
        using var broker = MosquittoBroker.Start();
        using Node node = Node.Connect(broker);
        var codes = new Inbox<MqttReasonCode>();
        var restarted = new ManualResetEventSlim();
        node.Client.ConnectionClosed += (_, _) =>
        {
            restarted.Wait(Peer.Patience);
            codes.Add(node.Client.Connect("node"));
        };

        broker.Kill();
        broker.Restart();
        restarted.Set();

        Assert.Equal(MqttReasonCode.Success, codes.Take());
        node.Publish("gw/again", 1);
        Assert.True(node.Published.Take().IsPublished);
    }

    [BrokerFact]
    public void Close_is_silent_and_leaves_the_will()
    {
        using var broker = MosquittoBroker.Start();
        using Peer reader = Peer.Connect(broker);
        reader.Subscribe("gw/#");
        using var node = new Node(broker);
        node.ConnectWithWill("gw/state", "fort: ü");

        node.Client.Close();

        Received will = reader.Messages.Take();
        Assert.Equal(Encoding.UTF8.GetBytes("fort: ü"), will.Payload);
        Assert.Equal(0, node.Closed.Count);
        Assert.False(node.Client.IsConnected);
    }

    [BrokerFact]
    public void Disconnect_takes_the_will_back_and_tells_the_end()
    {
        using var broker = MosquittoBroker.Start();
        using Peer reader = Peer.Connect(broker);
        reader.Subscribe("gw/#");
        using var node = new Node(broker);
        node.ConnectWithWill("gw/state", "gone");

        node.Client.Disconnect();
        node.Closed.Take();
        reader.Client.Publish("gw/marker", [1]);

        Assert.Equal("gw/marker", reader.Messages.Take().Topic);
        Assert.Throws<MqttCommunicationException>(node.Client.Disconnect);
    }

    [BrokerFact]
    public void An_unreachable_broker_throws()
    {
        using var broker = MosquittoBroker.Start();
        using var node = new Node(broker);
        broker.Kill();

        Assert.Throws<MqttConnectionException>(() => node.Client.Connect("node"));
    }

    [BrokerFact]
    public void A_refusal_is_returned_and_told()
    {
        using var broker = MosquittoBroker.Start(new MosquittoBrokerOptions { Users = [BrokerUser.Node("home", "node", "right")] });
        using var node = new Node(broker);

        Assert.Equal(MqttReasonCode.ConnectionRefusedNotAuthorized, node.Client.Connect("node", "node", "wrong"));

        Assert.Equal(MqttReasonCode.ConnectionRefusedNotAuthorized, node.Opened.Take());
        Assert.False(node.Client.IsConnected);
    }

    [BrokerFact]
    public void Several_topics_are_one_subscription_with_one_answer()
    {
        using var broker = MosquittoBroker.Start();
        using Peer writer = Peer.Connect(broker);
        using Node node = Node.Connect(broker);

        ushort id = node.Client.Subscribe(["gw/ack", "gw/config"], [MqttQoSLevel.AtLeastOnce, MqttQoSLevel.AtMostOnce]);

        MqttMsgSubscribedEventArgs granted = node.Subscribed.Take();
        Assert.Equal(id, granted.MessageId);
        Assert.Equal([MqttQoSLevel.AtLeastOnce, MqttQoSLevel.AtMostOnce], granted.GrantedQoSLevels);
        writer.Client.Publish("gw/config", [9]);
        MqttMsgPublishEventArgs message = node.Received.Take();
        Assert.Equal(("gw/config", MqttQoSLevel.AtMostOnce), (message.Topic, message.QosLevel));
        Assert.Equal([9], message.Message);

        Assert.Equal(node.Client.Unsubscribe(["gw/config"]), node.Unsubscribed.Take().MessageId);
    }

    [BrokerFact]
    public void A_handler_that_throws_ends_the_connection_and_the_owner_hears_of_it()
    {
        using var broker = MosquittoBroker.Start();
        using Node node = Node.Connect(broker);
        var faults = new Inbox<Exception>();
        NanoContext.Current.HandlerFailed += faults.Add;
        node.Client.MqttMsgPublished += (_, _) => throw new InvalidDataException();
        node.Client.ConnectionClosed += (_, _) => throw new InvalidTimeZoneException();

        node.Publish("gw/report", 1);

        node.Closed.Take();
        Assert.IsType<InvalidDataException>(faults.Take());
        Assert.IsType<InvalidTimeZoneException>(faults.Take());
        Assert.False(node.Client.IsConnected);
    }

    [BrokerFact]
    public void Two_nodes_share_a_process_and_nothing_else()
    {
        using var broker = MosquittoBroker.Start();
        using Node one = Node.Connect(broker, "one");
        Node? two = null;
        new NanoContext("other").Run(() => two = Node.Connect(broker, "two"));
        using (two!)
        {
            one.Client.Settings.InflightQueueSize = 1;
            one.Client.Subscribe(["gw/one"], [MqttQoSLevel.AtLeastOnce]);
            one.Subscribed.Take();

            Assert.Equal(int.MaxValue, two!.Client.Settings.InflightQueueSize);
            two.Publish("gw/one", 1);
            Assert.Equal("gw/one", one.Received.Take().Topic);
            Assert.Equal(0, two.Received.Count);
        }
    }

    [BrokerFact]
    public void Message_ids_count_from_one_and_pass_over_zero()
    {
        using var broker = MosquittoBroker.Start();
        using var node = new Node(broker);
        node.Client.Settings.InflightQueueSize = 0;
        for (int i = 0; i < ushort.MaxValue - 1; i++)
        {
            Assert.Throws<MqttClientException>(() => node.Publish("gw/full", 0));
        }

        node.Client.Settings.InflightQueueSize = 2;

        Assert.Equal(ushort.MaxValue, node.Publish("gw/last", 0));
        Assert.Equal(1, node.Publish("gw/first", 0));
    }

    [BrokerFact]
    public void Mqtt_5_is_not_spoken()
    {
        using var broker = MosquittoBroker.Start();
        using Node node = Node.Connect(broker);

        Assert.Throws<NotSupportedException>(() => node.Client.ProtocolVersion = MqttProtocolVersion.Version_5);
        Assert.Throws<NotSupportedException>(() => node.Client.Publish("gw/report", [1], "text/plain"));
    }

    [BrokerFact]
    public void A_secure_client_checks_the_broker_against_its_authority()
    {
        using var certificates = new TestCertificates();
        using var stranger = new TestCertificates();
        using var broker = MosquittoBroker.Start(
            new MosquittoBrokerOptions { Tls = (certificates.CertificateFile, certificates.KeyFile) });

        using MqttClient trusting = Secure(broker, certificates);
        using MqttClient misled = Secure(broker, stranger);

        Assert.Equal(MqttReasonCode.Success, trusting.Connect("node"));
        Assert.Throws<MqttConnectionException>(() => misled.Connect("node"));
    }

    private static MqttClient Secure(MosquittoBroker broker, TestCertificates authority) => new(
        broker.Host, broker.Port, true, X509CertificateLoader.LoadCertificate(authority.Bytes), null, MqttSslProtocols.TLSv1_2);

    /// <summary>A client whose events land in inboxes.</summary>
    private sealed class Node : IDisposable
    {
        public Node(MosquittoBroker broker)
        {
            Client = new MqttClient(broker.Host, broker.Port, false, null, null, MqttSslProtocols.None);
            Client.ConnectionOpened += (_, e) => Opened.Add(e.Message.ReturnCode);
            Client.ConnectionClosed += (sender, _) => Closed.Add(sender);
            Client.MqttMsgPublished += (_, e) => Published.Add(e);
            Client.MqttMsgPublishReceived += (_, e) => Received.Add(e);
            Client.MqttMsgSubscribed += (_, e) => Subscribed.Add(e);
            Client.MqttMsgUnsubscribed += (_, e) => Unsubscribed.Add(e);
        }

        public MqttClient Client { get; }

        public Inbox<MqttReasonCode> Opened { get; } = new();

        public Inbox<object> Closed { get; } = new();

        public Inbox<MqttMsgPublishedEventArgs> Published { get; } = new();

        public Inbox<MqttMsgPublishEventArgs> Received { get; } = new();

        public Inbox<MqttMsgSubscribedEventArgs> Subscribed { get; } = new();

        public Inbox<MqttMsgUnsubscribedEventArgs> Unsubscribed { get; } = new();

        public static Node Connect(MosquittoBroker broker, string id = "node")
        {
            var node = new Node(broker);
            Assert.Equal(MqttReasonCode.Success, node.Client.Connect(id));
            return node;
        }

        public void ConnectWithWill(string topic, string message) => Assert.Equal(
            MqttReasonCode.Success,
            Client.Connect("node", null, null, false, MqttQoSLevel.AtLeastOnce, true, topic, message, true, 60));

        public ushort Publish(string topic, byte value) => Client.Publish(topic, [value], null, null, MqttQoSLevel.AtLeastOnce, false);

        public void Dispose() => Client.Dispose();
    }
}
