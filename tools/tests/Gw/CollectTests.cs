using GatewayAgent.Collector.Store;
using GatewayAgent.Mosquitto;
using GatewayAgent.Protocol;
using GatewayAgent.Tests.Support;
using Google.Protobuf;

namespace GatewayAgent.Tests.Gw;

public sealed class CollectTests : GwFolder
{
    private string Database => FileIn("fleet.db");

    [BrokerFact]
    public void Stores_what_comes_and_ends_in_order_when_asked_to()
    {
        using MosquittoBroker broker = MosquittoBroker.Start(new MosquittoBrokerOptions
        {
            Users = [BrokerUser.Collector("collector", "secret"), BrokerUser.Node("h1", "attic", "node")],
        });
        string password = Written("password", "secret\n"u8.ToArray());
        using GwProcess gw = GwProcess.Start(
            "collect", "--broker", $"127.0.0.1:{broker.Port}", "--db", Database, "--user", "collector", "--password-file", password);
        gw.WaitFor(() => gw.Error.Contains(" connected: ", StringComparison.Ordinal), "the connection");
        Publish(broker, new Report { BootId = 5, Sequence = 1, SpanS = 300 });
        gw.WaitFor(() => Stored() == 1, "the report");

        gw.Terminate();

        GwResult collect = gw.WaitForEnd();
        Assert.Equal(0, collect.ExitCode);
        Assert.Contains("1 stored", collect.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", collect.Error, StringComparison.Ordinal);
    }

    [BrokerFact]
    public void Tied_to_its_input_it_ends_when_that_ends()
    {
        using MosquittoBroker broker = MosquittoBroker.Start();

        GwResult collect = GwProcess.Run("collect", "--broker", $"127.0.0.1:{broker.Port}", "--db", Database, "--until-input-ends");

        Assert.Equal(0, collect.ExitCode);
    }

    private static void Publish(MosquittoBroker broker, Report report)
    {
        var published = new Inbox<int>();
        using var node = new MosquittoClient(new MosquittoOptions { Port = broker.Port, UserName = "attic", Password = "node" });
        node.Published += published.Add;
        node.Connect(TimeSpan.FromSeconds(30));
        node.Publish("gw/v1/h1/attic/report", report.ToByteArray());
        published.Take();
    }

    private long Stored()
    {
        using CollectorStore store = CollectorStore.Open(Database);
        return store.ReportCount();
    }
}
