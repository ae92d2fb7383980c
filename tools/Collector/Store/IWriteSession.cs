using GatewayAgent.Collector.Ingest;
using GatewayAgent.Protocol;

namespace GatewayAgent.Collector.Store;

/// <summary>
/// A store open for writing batches, a transaction each: <see cref="Begin"/>, what the batch asks and adds, <see cref="Flush"/>,
/// <see cref="Commit"/>; or <see cref="RollBack"/> from anywhere. What was added is seen by what is asked later in the same batch. For one thread.
/// </summary>
internal interface IWriteSession : IDisposable
{
    /// <summary>The store's counters as of the last commit.</summary>
    CollectorCounters LoadCounters();

    /// <summary>Begins the transaction of these messages.</summary>
    void Begin(IReadOnlyList<Intake> batch);

    /// <summary>The boot of a message of the batch, added when it is new; the same object for the same boot.</summary>
    Boot BootOf(NodeTopic node, uint bootId);

    /// <summary>Stored reports that share a sequence with a range, ascending. Ranges of a boot are disjoint.</summary>
    IReadOnlyList<StoredReport> Sharing(Boot boot, SequenceRange range);

    /// <summary>Reports of a boot up to here were stored and dropped by age; 0 = none.</summary>
    uint RetiredThrough(Boot boot);

    /// <summary>End of what is stored, kept aside or was dropped by age around <paramref name="sequence"/>; null when that is none of these.</summary>
    uint? EndOfSettled(Boot boot, uint sequence);

    void Add(Boot boot, SequenceRange range, ReportIntake intake);

    void Remove(Boot boot, StoredReport report);

    /// <summary>Adds an event; false when it was there already.</summary>
    bool Add(Boot boot, EventIntake intake);

    void Save(StateIntake intake);

    void Save(ControlIntake intake);

    /// <summary>Whether this very report was kept aside before.</summary>
    bool IsKeptAside(Boot boot, SequenceRange range);

    /// <summary>Keeps a payload aside.</summary>
    /// <param name="boot">The boot the report is of, with its range, when both are known.</param>
    void KeepAside(Intake intake, string reason, Boot? boot, SequenceRange range);

    /// <summary>
    /// Writes what was added, the boots as they are now, and the hours that are to be made anew; and has homes assessed soon, these and those of births
    /// and wills that were news.
    /// </summary>
    FlushResult Flush(IReadOnlyCollection<Boot> boots, IReadOnlyCollection<StaleHour> hours, IReadOnlyCollection<string> homes);

    /// <summary>Adds to the counters and ends the transaction; on return it is on disk.</summary>
    void Commit(CollectorCounters counted);

    /// <summary>Ends the transaction, if there is one, without a trace.</summary>
    void RollBack();

    /// <summary>Whether the batch that failed so may succeed when it is written again.</summary>
    bool IsWorthAnotherTry(Exception failure);
}

/// <summary>An hour, counted from 1970, of a node whose windows have changed.</summary>
internal readonly record struct StaleHour(long NodeKey, long Hour);

/// <summary>What came out of writing a batch.</summary>
/// <param name="RejectedDropped">Payloads kept aside that had to go for newer ones.</param>
/// <param name="News">Answers to configurations and commands that were not known.</param>
internal readonly record struct FlushResult(int RejectedDropped, IReadOnlyList<ControlIntake> News);
