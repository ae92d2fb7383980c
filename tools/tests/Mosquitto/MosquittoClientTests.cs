using System.Net;
using System.Net.Sockets;
using System.Text;
using GatewayAgent.Mosquitto;
using GatewayAgent.Tests.Support;

namespace GatewayAgent.Tests.Mosquitto;

public sealed class MosquittoClientTests
{
    [BrokerTheory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(1, 512)]
    [InlineData(2, 10_000)]
    public void A_message_arrives_byte_for_byte(int qos, int length)
    {
        using var broker = MosquittoBroker.Start(new MosquittoBrokerOptions { MaximumPayload = 10_000 });
        using Peer reader = Peer.Connect(broker);
        using Peer writer = Peer.Connect(broker);
        byte[] payload = Enumerable.Range(0, length).Select(i => (byte)(i * 7)).ToArray();
        Assert.Equal(2, reader.Subscribe("gw/v1/+/+/report"));

        int id = writer.Client.Publish("gw/v1/home/kü/report", payload, qos);

        Received message = reader.Messages.Take();
        Assert.Equal("gw/v1/home/kü/report", message.Topic);
        Assert.Equal(payload, message.Payload);
        Assert.Equal(qos, message.Qos);
        Assert.False(message.Retain);
        Assert.Equal(id, writer.Acknowledged.Take());
    }

    [BrokerFact]
    public void Version_5_ends_a_session_when_it_was_told_to()
    {
        using var broker = MosquittoBroker.Start();
        var options = new MosquittoOptions { ClientId = "collector", CleanSession = false, IsVersion5 = true, SessionExpiry = TimeSpan.Zero };
        using (Peer first = Peer.Connect(broker, options))
        {
            first.Subscribe("gw/x");
            first.Client.Disconnect(Peer.Patience);
        }

        using Peer second = Peer.Connect(broker, options);

        Assert.Equal((0, false), second.Connects.Take());
    }

    [BrokerFact]
    public void A_topic_longer_than_the_stack_buffer_arrives_whole()
    {
        using var broker = MosquittoBroker.Start();
        using Peer peer = Peer.Connect(broker);
        string topic = "gw/" + new string('x', 3000);
        peer.Subscribe("gw/#");

        peer.Client.Publish(topic, [1]);

        Assert.Equal(topic, peer.Messages.Take().Topic);
    }

    [BrokerFact]
    public void A_retained_message_is_marked_for_late_subscribers_only()
    {
        using var broker = MosquittoBroker.Start();
        using Peer early = Peer.Connect(broker);
        early.Subscribe("gw/state");
        early.Client.Publish("gw/state", [1], 1, retain: true);
        Assert.False(early.Messages.Take().Retain);

        using Peer late = Peer.Connect(broker);
        late.Subscribe("gw/state");

        Assert.True(late.Messages.Take().Retain);
    }

    [BrokerFact]
    public void The_will_is_published_when_a_client_is_cut_and_not_when_it_disconnects()
    {
        using var broker = MosquittoBroker.Start();
        using Peer reader = Peer.Connect(broker);
        reader.Subscribe("gw/will/#");
        MosquittoOptions WithWill(string name) => new() { Will = new MosquittoWill($"gw/will/{name}", Encoding.UTF8.GetBytes("gone")) };
        Peer polite = Peer.Connect(broker, WithWill("polite"));
        Peer cut = Peer.Connect(broker, WithWill("cut"));

        polite.Client.Disconnect(Peer.Patience);
        polite.Dispose();
        cut.Dispose();

        Received will = reader.Messages.Take();
        Assert.Equal("gw/will/cut", will.Topic);
        Assert.Equal("gone"u8.ToArray(), will.Payload);
        Assert.True(polite.Ends.Take().Requested);
        Assert.Equal(0, reader.Messages.Count);
    }

    [BrokerFact]
    public void When_the_broker_dies_the_end_is_told_and_nothing_is_acknowledged()
    {
        using var broker = MosquittoBroker.Start();
        using Peer peer = Peer.Connect(broker);
        broker.Suspend();
        peer.Client.Publish("gw/x", [1]);

        broker.Kill();

        MosquittoEnd end = peer.Ends.Take();
        Assert.False(end.Requested);
        Assert.NotEqual("", end.Reason);
        Assert.False(peer.Client.IsConnected);
        Assert.Equal(0, peer.Acknowledged.Count);
        Assert.Throws<MosquittoException>(() => peer.Client.Publish("gw/x", [1]));
    }

    [BrokerFact]
    public void Nobody_listening_is_said_with_the_address()
    {
        using var broker = MosquittoBroker.Start();
        broker.Kill();
        using var peer = new Peer(broker);

        var fault = Assert.Throws<MosquittoUnreachableException>(() => peer.Client.Connect(Peer.Patience));

        Assert.Contains($"127.0.0.1:{broker.Port}", fault.Message, StringComparison.Ordinal);
        Assert.Contains("refused", fault.Message, StringComparison.OrdinalIgnoreCase);
    }

    [BrokerTheory]
    [InlineData(false, 5)]
    [InlineData(true, 135)]
    public void A_wrong_password_is_refused_with_the_brokers_code(bool isVersion5, int code)
    {
        using var broker = MosquittoBroker.Start(new MosquittoBrokerOptions { Users = [BrokerUser.Collector("collector", "right")] });
        using var peer = new Peer(broker, new MosquittoOptions { UserName = "collector", Password = "wrong", IsVersion5 = isVersion5 });

        var fault = Assert.Throws<MosquittoRefusedException>(() => peer.Client.Connect(Peer.Patience));

        Assert.Equal(code, fault.ReturnCode);
        Assert.Contains("not authori", fault.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal((code, false), peer.Connects.Take());
    }

    [BrokerFact]
    public void A_listener_that_says_nothing_is_given_up()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new MosquittoClient(new MosquittoOptions { Port = ((IPEndPoint)listener.LocalEndpoint).Port });

        var fault = Assert.Throws<MosquittoException>(() => client.Connect(TimeSpan.FromMilliseconds(50)));

        Assert.Contains("no CONNACK", fault.Message, StringComparison.Ordinal);
    }

    [BrokerFact]
    public void A_listener_that_hangs_up_ends_the_attempt()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task hangUp = listener.AcceptSocketAsync().ContinueWith(accepted => accepted.Result.Dispose(), TaskScheduler.Default);
        using var client = new MosquittoClient(new MosquittoOptions { Port = ((IPEndPoint)listener.LocalEndpoint).Port });

        var fault = Assert.Throws<MosquittoException>(() => client.Connect(Peer.Patience));

        Assert.Contains("before CONNACK", fault.Message, StringComparison.Ordinal);
        hangUp.GetAwaiter().GetResult();
    }

    [BrokerFact]
    public void A_handler_that_throws_ends_the_connection_with_its_exception()
    {
        using var broker = MosquittoBroker.Start();
        using Peer peer = Peer.Connect(broker);
        peer.Client.MessageReceived += _ => throw new InvalidDataException("bad report");
        peer.Subscribe("gw/x");

        peer.Client.Publish("gw/x", [1]);

        MosquittoEnd end = peer.Ends.Take();
        Assert.False(end.Requested);
        Assert.IsType<InvalidDataException>(end.Fault);
        Assert.Contains("bad report", end.Reason, StringComparison.Ordinal);
    }

    [BrokerFact]
    public void A_handler_may_dispose_its_client()
    {
        using var broker = MosquittoBroker.Start();
        using Peer peer = Peer.Connect(broker);
        peer.Client.MessageReceived += _ => peer.Client.Dispose();
        peer.Subscribe("gw/x");

        peer.Client.Publish("gw/x", [1]);

        Assert.True(peer.Ends.Take().Requested);
    }

    [BrokerFact]
    public void A_publish_after_dispose_is_refused()
    {
        using var broker = MosquittoBroker.Start();
        Peer peer = Peer.Connect(broker);
        peer.Dispose();
        peer.Dispose();

        Assert.Throws<MosquittoException>(() => peer.Client.Publish("gw/x", [1]));
    }

    [BrokerFact]
    public void A_client_connects_once()
    {
        using var broker = MosquittoBroker.Start();
        using Peer peer = Peer.Connect(broker);

        Assert.Throws<InvalidOperationException>(() => peer.Client.Connect(Peer.Patience));
    }

    [BrokerFact]
    public void Threads_publish_side_by_side_and_each_keeps_its_order()
    {
        const int Threads = 8;
        const int Each = 500;
        using var broker = MosquittoBroker.Start();
        using Peer reader = Peer.Connect(broker);
        using Peer writer = Peer.Connect(broker, new MosquittoOptions { MaximumInflight = 20 });
        reader.Subscribe("gw/#", 1);

        Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, thread =>
        {
            for (int i = 0; i < Each; i++)
            {
                writer.Client.Publish($"gw/{thread}", BitConverter.GetBytes(i));
            }
        });

        Received[] messages = reader.Messages.Take(Threads * Each);
        Assert.All(
            messages.GroupBy(message => message.Topic),
            group => Assert.Equal(Enumerable.Range(0, Each), group.Select(message => BitConverter.ToInt32(message.Payload))));
        Assert.Equal(Threads * Each, writer.Acknowledged.Take(Threads * Each).Length);
    }

    [BrokerTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_kept_session_brings_what_came_meanwhile(bool isVersion5)
    {
        using var broker = MosquittoBroker.Start();
        var options = new MosquittoOptions { ClientId = "collector", CleanSession = false, IsVersion5 = isVersion5 };
        using (Peer first = Peer.Connect(broker, options))
        {
            first.Subscribe("gw/x");
            first.Client.Disconnect(Peer.Patience);
        }

        using Peer writer = Peer.Connect(broker);
        writer.Client.Publish("gw/x", [42]);
        writer.Acknowledged.Take();
        using Peer second = Peer.Connect(broker, options);

        Assert.Equal((0, true), second.Connects.Take());
        Assert.Equal([42], second.Messages.Take().Payload);
    }

    [BrokerFact]
    public void Descriptors_beyond_1023_are_no_obstacle()
    {
        using var broker = MosquittoBroker.Start();
        FileStream[] open = Enumerable.Range(0, 1100).Select(_ => File.OpenRead("/dev/null")).ToArray();
        try
        {
            using Peer peer = Peer.Connect(broker);

            int id = peer.Client.Publish("gw/x", [1]);

            Assert.Equal(id, peer.Acknowledged.Take());
        }
        finally
        {
            Array.ForEach(open, file => file.Dispose());
        }
    }

    [BrokerFact]
    public void A_topic_with_a_wildcard_is_refused_by_name()
    {
        using var broker = MosquittoBroker.Start();
        using Peer peer = Peer.Connect(broker);

        var fault = Assert.Throws<MosquittoException>(() => peer.Client.Publish("gw/#", [1]));

        Assert.Contains("\"gw/#\"", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_library_names_its_package()
    {
        var fault = Assert.Throws<MosquittoException>(() => MosquittoLibrary.Require("libmosquitto.so.0"));

        Assert.Contains("apt-get install libmosquitto1", fault.Message, StringComparison.Ordinal);
    }
}
