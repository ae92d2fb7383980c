using FsCheck;
using FsCheck.Fluent;
using GatewayAgent.Collector;
using GatewayAgent.Protocol;
using GatewayAgent.Tests.Collector.Stores;

namespace GatewayAgent.Tests.Collector;

/// <summary>
/// Whatever the order in which a node produces, merges, drops and sends, whichever messages and acknowledgements get lost, and whenever the
/// collector is restarted or killed: an acknowledgement never covers what is neither stored nor given up by the node, and every window
/// is counted at most once.
/// </summary>
public abstract class DeliveryPropertyTests(StoreKind kind, int runs)
{
    [StoreFact]
    public void An_acknowledgement_never_covers_what_is_neither_stored_nor_given_up()
    {
        Arbitrary<byte[]> steps = ArbMap.Default.ArbFor<byte[]>();
        Config config = Config.QuickThrowOnFailure.WithMaxTest(runs).WithEndSize(200).WithReplay(new Replay(new Rnd(20260, 17), null));

        Check.One(config, Prop.ForAll(steps, (Action<byte[]>)Run));
    }

    private void Run(byte[] steps)
    {
        using var store = new TemporaryStore(kind);
        var node = new NodeModel(room: 6);
        var onTheirWay = new List<Report>();
        foreach (byte step in steps)
        {
            Step(step, store, node, onTheirWay);
        }

        SendEverything(store, node);
        AssertEachWindowIsCountedOnce(store, node);
    }

    private static void Step(byte step, TemporaryStore store, NodeModel node, List<Report> onTheirWay)
    {
        int argument = step >> 3;
        switch (step & 7)
        {
            case 0 or 1:
                node.Produce();
                break;
            case 2 or 3:
                onTheirWay.AddRange(node.Outbox.Where((_, i) => ((argument >> (i % 5)) & 1) != 0).Reverse());
                break;
            case 4:
                Deliver(store, node, onTheirWay, isAcknowledgementLost: argument % 2 == 0);
                break;
            case 5:
                node.Merge(argument);
                break;
            case 6:
                onTheirWay.RemoveAll(report => (report.Sequence + argument) % 3 == 0);
                break;
            case 7 when argument % 4 == 0:
                store.Kill();
                break;
            case 7 when argument % 4 == 1:
                store.Close();
                break;
        }
    }

    private static void Deliver(TemporaryStore store, NodeModel node, List<Report> onTheirWay, bool isAcknowledgementLost)
    {
        uint acknowledged = store.WriteReports([.. onTheirWay]);
        onTheirWay.Clear();
        AssertCovered(store, node, acknowledged);
        if (!isAcknowledgementLost)
        {
            node.Acknowledge(acknowledged);
        }
    }

    private static void SendEverything(TemporaryStore store, NodeModel node)
    {
        node.Produce();
        var all = new List<Report>(node.Outbox);
        Deliver(store, node, all, isAcknowledgementLost: false);
        Assert.Empty(node.Outbox);
    }

    private static void AssertCovered(TemporaryStore store, NodeModel node, uint acknowledged)
    {
        HashSet<uint> stored = StoredSequences(store);
        for (uint sequence = 1; sequence <= acknowledged; sequence++)
        {
            Assert.True(stored.Contains(sequence) || node.Dropped.Contains(sequence), $"{sequence} of {acknowledged} is nowhere");
        }
    }

    // The n-th window holds n beacons: their sum tells whether a window is missing or counted twice.
    private static void AssertEachWindowIsCountedOnce(TemporaryStore store, NodeModel node)
    {
        HashSet<uint> stored = StoredSequences(store);
        Assert.Equal(stored.Sum(sequence => sequence), store.Beacons());
        Assert.All(Enumerable.Range(1, (int)node.Produced), sequence => Assert.True(stored.Contains((uint)sequence) || node.Dropped.Contains((uint)sequence)));

        CollectorCounters counters = store.Counters;
        Assert.Equal(counters.Received, counters.Stored + counters.Duplicates);
        Assert.Equal(store.Scalar("SELECT count(*) FROM reports"), counters.Stored - counters.Superseded);
    }

    private static HashSet<uint> StoredSequences(TemporaryStore store)
    {
        var sequences = new HashSet<uint>();
        foreach ((uint first, uint last) in store.Ranges())
        {
            for (uint sequence = first; sequence <= last; sequence++)
            {
                Assert.True(sequences.Add(sequence), $"{sequence} is stored twice");
            }
        }

        return sequences;
    }
}

public sealed class DeliveryPropertyTestsOnSqlite() : DeliveryPropertyTests(StoreKind.Sqlite, runs: 150);

public sealed class DeliveryPropertyTestsOnPostgres() : DeliveryPropertyTests(StoreKind.Postgres, runs: 40);
