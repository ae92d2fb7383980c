using GatewayAgent.Collector;
using GatewayAgent.Collector.Ingest;
using GatewayAgent.Collector.Store;
using GatewayAgent.Tests.Collector.Stores;
using Google.Protobuf;

namespace GatewayAgent.Tests.Collector;

public abstract class KeptAsideTests(StoreKind kind) : IDisposable
{
    private readonly TemporaryStore _store = new(kind, keptAside: 5);

    public void Dispose() => _store.Dispose();

    [StoreFact]
    public void The_newest_payloads_are_kept_and_the_dropped_ones_counted()
    {
        for (byte i = 0; i < 12; i++)
        {
            _store.Write(("gw/v1/home/node/report", [0xFF, i]));
        }

        using CollectorStore store = _store.Read();
        Assert.Equal((12, 7), (store.Counters().Rejected, store.Counters().RejectedDropped));
        Assert.Equal([11, 10, 9, 8, 7], store.Rejected(100).Select(rejected => (int)rejected.Payload[1]));
    }

    [StoreFact]
    public void The_bound_holds_over_a_restart()
    {
        for (byte i = 0; i < 12; i++)
        {
            _store.Write(("gw/v1/home/node/report", [0xFF, i]));
            _store.Kill();
        }

        Assert.Equal(5, _store.Scalar("SELECT count(*) FROM rejected"));
        Assert.Equal(7, _store.Counters.RejectedDropped);
    }

    [StoreFact]
    public void A_long_payload_keeps_its_beginning_and_its_length()
    {
        _store.Write(("gw/v1/home/node/report", new byte[100_000]));

        using CollectorStore store = _store.Read();
        RejectedPayload rejected = Assert.Single(store.Rejected(10));
        Assert.Equal((1_024, 100_000), (rejected.Payload.Length, rejected.PayloadBytes));
        Assert.Equal("payload of 100000 bytes: more than 512 bytes", rejected.Reason);
    }

    [Fact]
    public void What_waits_to_be_kept_aside_is_small_however_large_it_came()
    {
        foreach (string leaf in new[] { "report", "event", "state", "config/state", "cmd/result", "other" })
        {
            Intake waiting = MessageReader.Read($"gw/v1/home/node/{leaf}/{new string('x', 60_000)}"[..(leaf == "other" ? 60_000 : 16 + leaf.Length)], new byte[1 << 24], 0);

            Assert.Equal((1_024, 1 << 24), (waiting.Payload.Length, waiting.PayloadBytes));
            Assert.InRange(waiting.Topic.Length, 1, 512);
        }
    }

    [StoreTheory]
    [InlineData("gw/v1/'; DROP TABLE reports; --/node/report", "topic: home is not of [A-Za-z0-9._-]{1,64}")]
    [InlineData("gw/v1/home/\u202Enode/report", "topic: node is not of [A-Za-z0-9._-]{1,64}")]
    [InlineData("gw/v1/home/node/report/more", "topic: no leaf that a collector reads")]
    [InlineData("gw/v1/home/node/ack", "topic: no leaf that a collector reads")]
    [InlineData("$SYS/broker/version", "topic does not begin with gw/v1/")]
    [InlineData("", "topic does not begin with gw/v1/")]
    [InlineData("gw/v1/home/node\0\0/report", "topic: node is not of [A-Za-z0-9._-]{1,64}")]
    public void A_hostile_topic_is_kept_as_it_is_and_does_no_harm(string topic, string reason)
    {
        _store.Write((topic, Reports.Single(1).ToByteArray()));

        using CollectorStore store = _store.Read();
        RejectedPayload rejected = Assert.Single(store.Rejected(10));
        Assert.Equal((kind == StoreKind.Sqlite ? topic : topic.Replace('\0', '\uFFFD'), reason), (rejected.Topic, rejected.Reason));
        Assert.Equal(0, store.ReportCount());
        Assert.Empty(store.Nodes());
    }

    [StoreFact]
    public void A_topic_as_long_as_MQTT_allows_is_clipped_even_between_surrogates()
    {
        _store.Write((string.Concat(Enumerable.Repeat("x😀", 16_000)), []), ("y" + string.Concat(Enumerable.Repeat("😀", 16_000)), []));

        using CollectorStore store = _store.Read();
        Assert.All(store.Rejected(10), rejected => Assert.InRange(rejected.Topic.Length, 500, 512));
    }

    [StoreFact]
    public void Every_message_is_counted_once_whatever_it_is()
    {
        var random = new Random(11);
        for (int batch = 0; batch < 200; batch++)
        {
            _store.Write([.. Enumerable.Range(0, 20).Select(_ => AnyMessage(random))]);
            if (batch % 50 == 49)
            {
                _store.Kill();
            }
        }

        CollectorCounters c = _store.Counters;
        Assert.Equal(4_000, c.Received);
        Assert.Equal(c.Received, c.Stored + c.Duplicates + c.Overlaps + c.Rejected + c.Events + c.EventDuplicates + c.States + c.Controls);
        Assert.All([c.Stored, c.Duplicates, c.Overlaps, c.Rejected, c.Events, c.States, c.Superseded], count => Assert.NotEqual(0, count));
        Assert.Equal(c.Stored - c.Superseded, _store.Scalar("SELECT count(*) FROM reports"));
        Assert.Equal(c.Rejected + c.Overlaps - c.RejectedDropped, _store.Scalar("SELECT count(*) FROM rejected"));
    }

    private static (string Topic, byte[] Payload) AnyMessage(Random random)
    {
        string topic = $"gw/v1/home-{random.Next(3)}/{(random.Next(20) == 0 ? "no de" : "node")}/{new[] { "report", "event", "state", "cmd" }[Math.Min(random.Next(8) / 2, 3)]}";
        uint first = (uint)random.Next(1, 200);
        byte[] payload = Reports.Merged(first, first + (uint)random.Next(4)).ToByteArray();
        if (random.Next(3) == 0)
        {
            payload[random.Next(payload.Length)] = (byte)random.Next(256);
        }

        return (topic, random.Next(5) == 0 ? payload[..random.Next(payload.Length)] : payload);
    }
}

public sealed class KeptAsideTestsOnSqlite() : KeptAsideTests(StoreKind.Sqlite);

public sealed class KeptAsideTestsOnPostgres() : KeptAsideTests(StoreKind.Postgres);
