using System.Diagnostics;
using GatewayAgent.Mosquitto;
using GatewayAgent.Tests.Support;

namespace GatewayAgent.Tests.Mosquitto;

public sealed class MosquittoBrokerTests
{
    private static readonly MosquittoBrokerOptions _home = new()
    {
        Users =
        [
            BrokerUser.Node("home", "node-1", "one"),
            BrokerUser.Node("home", "node-2", "two"),
            BrokerUser.Collector("collector", "all"),
            BrokerUser.Operator("operator", "some"),
            BrokerUser.Engineer("engineer", "more"),
        ],
    };

    [BrokerFact]
    public void A_killed_broker_comes_back_on_its_port_without_its_memory()
    {
        using var broker = MosquittoBroker.Start(new MosquittoBrokerOptions { Persistent = true });
        int port = broker.Port;
        Retain(broker);

        broker.Kill();
        Assert.False(broker.IsRunning);
        broker.Restart();

        Assert.Equal(port, broker.Port);
        using Peer peer = Peer.Connect(broker);
        peer.Subscribe("gw/#");
        peer.Client.Publish("gw/later", [2]);
        Assert.Equal("gw/later", peer.Messages.Take().Topic);
    }

    [BrokerFact]
    public void A_persistent_broker_that_is_stopped_keeps_what_it_retained()
    {
        using var broker = MosquittoBroker.Start(new MosquittoBrokerOptions { Persistent = true });
        Retain(broker);

        broker.Stop();
        broker.Restart();

        using Peer peer = Peer.Connect(broker);
        peer.Subscribe("gw/#");
        Assert.Equal("gw/state", peer.Messages.Take().Topic);
    }

    [BrokerFact]
    public void A_node_reaches_its_own_branch_and_no_other()
    {
        using var broker = MosquittoBroker.Start(_home);
        using Peer collector = Peer.Connect(broker, User("collector", "all"));
        using Peer node = Peer.Connect(broker, User("node-1", "one"));
        collector.Subscribe("gw/v1/#");

        node.Client.Publish("gw/v1/home/node-2/report", [1]);
        node.Client.Publish("gw/v1/other/node-1/report", [2]);
        node.Client.Publish("gw/v1/home/node-1/report", [3]);

        Assert.Equal([3], collector.Messages.Take().Payload);
    }

    [BrokerFact]
    public void A_node_hears_its_own_branch_and_no_other()
    {
        using var broker = MosquittoBroker.Start(_home);
        using Peer collector = Peer.Connect(broker, User("collector", "all"));
        using Peer node = Peer.Connect(broker, User("node-1", "one"));
        node.Subscribe("gw/v1/home/+/ack");

        collector.Client.Publish("gw/v1/home/node-2/ack", [1]);
        collector.Client.Publish("gw/v1/home/node-1/ack", [2]);

        Assert.Equal([2], node.Messages.Take().Payload);
    }

    [BrokerTheory]
    [InlineData("operator", "some")]
    [InlineData("engineer", "more")]
    public void Operators_and_engineers_say_what_nodes_are_to_do_and_nothing_in_their_name(string name, string password)
    {
        using var broker = MosquittoBroker.Start(_home);
        using Peer collector = Peer.Connect(broker, User("collector", "all"));
        using Peer its = Peer.Connect(broker, User(name, password));
        collector.Subscribe("gw/v1/#");

        foreach (string leaf in new[] { "report", "state", "event", "ack", "config/state", "cmd/result", "cmd/else", "config", "cmd" })
        {
            its.Client.Publish($"gw/v1/home/node-1/{leaf}", [1]);
        }

        Assert.Equal("gw/v1/home/node-1/config", collector.Messages.Take().Topic);
        Assert.Equal("gw/v1/home/node-1/cmd", collector.Messages.Take().Topic);
    }

    [BrokerTheory]
    [InlineData("operator", "some", "state", "config/state", "cmd/result", "event")]
    [InlineData("engineer", "more", "report", "state", "config/state", "cmd/result", "event")]
    public void Operators_and_engineers_hear_what_nodes_answer_and_only_engineers_reports(string name, string password, params string[] heard)
    {
        using var broker = MosquittoBroker.Start(_home);
        using Peer node = Peer.Connect(broker, User("node-1", "one"));
        using Peer its = Peer.Connect(broker, User(name, password));
        its.Subscribe("#");

        foreach (string leaf in (string[])["report", "ack", "config", "cmd", "state", "config/state", "cmd/result", "event"])
        {
            node.Client.Publish($"gw/v1/home/node-1/{leaf}", [1]);
        }

        Assert.Equal(heard, heard.Select(_ => its.Messages.Take().Topic["gw/v1/home/node-1/".Length..]));
    }

    [Fact]
    public void A_file_with_secrets_is_its_owners_alone_and_is_never_written_over()
    {
        using var authority = new LabAuthority();
        string file = authority.IssueClient("node").KeyFile;

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        Assert.Throws<IOException>(() => PrivateFile.Write(file, "another"));
    }

    [BrokerFact]
    public void Without_a_password_nobody_gets_in()
    {
        using var broker = MosquittoBroker.Start(_home);
        using var peer = new Peer(broker);

        Assert.Throws<MosquittoRefusedException>(() => peer.Client.Connect(Peer.Patience));
    }

    [BrokerFact]
    public void A_payload_above_the_limit_is_not_passed_on()
    {
        using var broker = MosquittoBroker.Start(new MosquittoBrokerOptions { MaximumPayload = 1000 });
        using Peer peer = Peer.Connect(broker);
        peer.Subscribe("gw/#");

        peer.Client.Publish("gw/large", new byte[1001]);
        peer.Client.Publish("gw/fits", new byte[1000]);

        Assert.Equal("gw/fits", peer.Messages.Take().Topic);
    }

    [BrokerFact]
    public void Disposing_ends_the_process()
    {
        var broker = MosquittoBroker.Start();
        int id = broker.ProcessId;

        broker.Dispose();

        Assert.Throws<ArgumentException>(() => Process.GetProcessById(id));
    }

    [BrokerFact]
    public void A_running_broker_is_not_started_twice()
    {
        using var broker = MosquittoBroker.Start();

        Assert.Throws<InvalidOperationException>(broker.Restart);
    }

    [BrokerFact]
    public void A_broker_that_cannot_start_says_why()
    {
        var options = new MosquittoBrokerOptions { Tls = ("/nowhere/broker.pem", "/nowhere/broker.key") };

        var fault = Assert.Throws<MosquittoException>(() => MosquittoBroker.Start(options));

        Assert.Contains("/nowhere/broker.pem", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a:b")]
    [InlineData("a/b")]
    [InlineData("+")]
    [InlineData("#")]
    [InlineData("a\nuser b")]
    public void A_name_that_would_widen_a_users_rights_is_refused(string name)
    {
        Assert.Throws<ArgumentException>(() => BrokerUser.Node("home", name, "secret"));
        Assert.Throws<ArgumentException>(() => BrokerUser.Node(name, "node", "secret"));
    }

    [Fact]
    public void A_password_hash_holds_no_password_and_never_comes_twice()
    {
        string hash = BrokerPassword.Hash("secret");

        Assert.StartsWith("$7$101$", hash, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", hash, StringComparison.Ordinal);
        Assert.NotEqual(hash, BrokerPassword.Hash("secret"));
    }

    private static MosquittoOptions User(string name, string password) => new() { ClientId = name, UserName = name, Password = password };

    private static void Retain(MosquittoBroker broker)
    {
        using Peer peer = Peer.Connect(broker);
        peer.Client.Publish("gw/state", [1], 1, retain: true);
        peer.Acknowledged.Take();
    }
}
