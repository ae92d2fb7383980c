using GatewayAgent.Collector;
using GatewayAgent.Collector.Ingest;
using GatewayAgent.Protocol;
using Google.Protobuf;

namespace GatewayAgent.Bench.Collector;

/// <summary>Reports of a fleet: each node in turn, the same typical window each time.</summary>
internal sealed class Fleet(int reports, int nodes, uint firstBoot = 1)
{
    private readonly byte[] _body = TypicalWindow().ToByteArray();
    private readonly string[] _topics = [.. Enumerable.Range(0, nodes).Select(i => Topics.Format($"home-{i / 3}", $"node-{i % 3}", Topics.Report))];

    public int PayloadBytes => Payload(new Report(), 0).Length;

    /// <summary>Hands over every report, in order.</summary>
    public void Deliver(Action<string, byte[]> deliver)
    {
        var head = new Report { BootTime = 1_790_000_000 };
        for (int i = 0; i < reports; i++)
        {
            deliver(_topics[i % nodes], Payload(head, i));
        }
    }

    /// <summary>Stores every report as if it had come a day ago.</summary>
    public void StoreIn(CollectorOptions options)
    {
        using var writer = new BatchWriter(options);
        var batch = new List<Intake>();
        long yesterday = DateTimeOffset.UtcNow.AddDays(-1).ToUnixTimeMilliseconds();
        Deliver((topic, payload) =>
        {
            batch.Add(MessageReader.Read(topic, payload, yesterday));
            if (batch.Count == options.BatchSize)
            {
                writer.Write(batch);
                batch.Clear();
            }
        });
        writer.Write(batch);
    }

    /// <summary>The reports of one window of every node.</summary>
    /// <param name="sequence">Number of the window, from 1.</param>
    /// <param name="bootTime">When all nodes began, Unix seconds.</param>
    public IEnumerable<(string Topic, byte[] Payload)> Window(uint sequence, uint bootTime)
    {
        var head = new Report { BootTime = bootTime };
        for (int node = 0; node < nodes; node++)
        {
            yield return (_topics[node], Payload(head, ((int)(sequence - 1) * nodes) + node));
        }
    }

    // Encoded messages that stand one after another are one message: only the head differs.
    private byte[] Payload(Report head, int index)
    {
        uint sequence = (uint)(index / nodes) + 1;
        head.BootId = (uint)(index % nodes) + firstBoot;
        head.Sequence = sequence;
        head.StartS = (sequence - 1) * 300;
        head.SpanS = 300;
        int length = head.CalculateSize();
        var payload = new byte[length + _body.Length];
        head.WriteTo(payload.AsSpan(0, length));
        _body.CopyTo(payload, length);
        return payload;
    }

    /// <summary>A 5-minute window: link, 13 channels of which 4 were heard on, 8 stations, latency, health.</summary>
    private static Report TypicalWindow() => new()
    {
        Link = new Link { RssiHistogram = { 20, 12, 80, 130, 60, 18 }, Channel = 6 },
        Clients = new Clients { Samples = 30, CountSum = 240, CountMin = 7, CountMax = 9, RssiHistogram = { 12, 30, 0, 30, 30, 60, 30, 30, 0, 30 } },
        Latency = new Latency { GatewayHistogram = { 1, 6, 3, 1 }, BrokerHistogram = { 4, 1 } },
        Health = new Health { ManagedFreeKib = 61, NativeFreeKib = 88, ResetCause = ResetCause.PowerOn, OffChannelMs = 9_000, SentBytes = 140 },
        Survey = new Survey
        {
            Quiet2G = 0x3FFE & ~((1 << 1) | (1 << 6) | (1 << 8) | (1 << 11)),
            QuietDwellCs = { 72 },
            Heard =
            {
                1, 72, 2, 71, 14, 3, 20, 0,
                6, 29_000, 4, 41, 9_800, 1_240, 4_100, 3_050, 122_000, 12, 131, 9,
                8, 72, 1, 84, 7, 0, 8, 0,
                11, 72, 3, 66, 20, 9, 31, 12, 600, 40, 61, 3,
            },
        },
    };
}
