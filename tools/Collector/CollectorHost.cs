using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using GatewayAgent.Collector.Assessing;
using GatewayAgent.Collector.Ingest;
using GatewayAgent.Collector.Store;
using GatewayAgent.Protocol;
using Google.Protobuf;

namespace GatewayAgent.Collector;

/// <summary>
/// A collector at work: messages from a source are read on the source's thread, wait in a bounded queue and are written in batches by
/// one thread, which then acknowledges them to the nodes. A full queue holds the source back; nothing is dropped.
/// </summary>
/// <remarks>
/// <code>
/// source ──read, check──► queue (bounded) ──► writer: batch = one transaction ──commit──► Ack to each boot of the batch
///                                             upkeep: hours and assessments of the homes that have reported, what is dropped by age
/// </code>
/// </remarks>
public sealed class CollectorHost : IDisposable
{
    /// <summary>A node that sends nothing but rubbish must not fill the log too.</summary>
    private static readonly TimeSpan _keptAsidePause = TimeSpan.FromSeconds(10);

    /// <summary>Of one batch; a fleet that is configured at once is read in the store.</summary>
    private const int MostAnswersTold = 20;

    // Both ends block, and neither is asynchronous: hence not System.Threading.Channels.
    private readonly BlockingCollection<Intake> _queue;
    private readonly CollectorOptions _options;
    private readonly StoreAddress _address;
    private readonly IReportSource _source;
    private readonly BatchWriter _writer;
    private readonly Action<CollectorEvent> _log;
    private readonly TimeProvider _clock;
    private readonly ManualResetEventSlim _stopping = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WriterVitals _vitals = new();
    private readonly Thread _thread;
    private readonly Upkeep? _upkeep;
    private readonly QuietLog _upkeepLog;
    private long _keptAsideUntold;
    private long? _keptAsideToldAt;
    private int _disposed;

    private CollectorHost(CollectorOptions options, IReportSource source, Action<CollectorEvent>? log, TimeProvider? clock)
    {
        _options = options;
        _address = StoreAddress.Parse(options.Database);
        _source = source;
        _log = log ?? (_ => { });
        _clock = clock ?? TimeProvider.System;
        _queue = new BlockingCollection<Intake>(options.QueueCapacity);
        _upkeepLog = new QuietLog(CollectorEventKind.UpkeepFailed, _log, _clock);
        _writer = new BatchWriter(options);
        _upkeep = StartUpkeep();
        _thread = new Thread(WriteBatches) { Name = "collector writer", IsBackground = true };
    }

    /// <summary>Counters of the store as of the last commit.</summary>
    public CollectorCounters Counters => _writer.Counters;

    /// <summary>How the collector is doing. From any thread.</summary>
    public CollectorVitals Vitals()
    {
        WriterCounts writer = _vitals.Counts;
        return new CollectorVitals
        {
            IsConnected = _source.IsConnected,
            IsStoreWritable = !writer.IsFailing && !_completion.Task.IsFaulted,
            QueueLength = _queue.Count,
            QueueCapacity = _options.QueueCapacity,
            Batches = writer.Batches,
            BatchMessages = writer.Messages,
            BatchSeconds = writer.Seconds,
            LongestBatchSeconds = writer.LongestSeconds,
            WriteFailures = writer.Failures,
            AcksSent = writer.AcksSent,
            AcksFailed = writer.AcksFailed,
            Disconnects = _source.Disconnects,
            Assessments = _upkeep?.Assessed ?? 0,
            AssessorLag = _upkeep?.Lag,
        };
    }

    /// <summary>Ends when the collector has stopped; faulted when the writer failed in a way that trying again does not mend.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Opens the store and begins to take messages. The host starts the source and disposes it, also when this fails.</summary>
    /// <exception cref="CollectorStoreException">The store cannot be opened.</exception>
    public static CollectorHost Start(CollectorOptions options, IReportSource source, Action<CollectorEvent>? log = null, TimeProvider? clock = null)
    {
        CollectorHost host = Create(options, source, log, clock);
        try
        {
            host._thread.Start();
            source.Start(host.Receive);
            host._log(new CollectorEvent(CollectorEventKind.Started, host._address.ToString()));
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <summary>Runs until cancelled, then stops cleanly.</summary>
    /// <exception cref="CollectorStoreException">The store cannot be opened, or written any more.</exception>
    public static void Run(CollectorOptions options, IReportSource source, Action<CollectorEvent>? log, CancellationToken cancel)
    {
        using CollectorHost host = Start(options, source, log);
        WaitHandle.WaitAny([cancel.WaitHandle, ((IAsyncResult)host.Completion).AsyncWaitHandle]);
        host.Dispose();
        host.Completion.GetAwaiter().GetResult();
    }

    /// <summary>
    /// Stops cleanly: what was taken is stored and acknowledged, then source and store are closed. What arrives meanwhile is not taken,
    /// hence not acknowledged, and comes again.
    /// </summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _stopping.Set();
        _queue.CompleteAdding();
        if (_thread.ThreadState != System.Threading.ThreadState.Unstarted)
        {
            _thread.Join();
        }

        _source.Dispose();
        _upkeep?.Dispose();
        _writer.Dispose();
        _completion.TrySetResult();
        _log(new CollectorEvent(CollectorEventKind.Stopped, Describe(_writer.Counters)));
    }

    private static CollectorHost Create(CollectorOptions options, IReportSource source, Action<CollectorEvent>? log, TimeProvider? clock)
    {
        try
        {
            return new CollectorHost(options, source, log, clock);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private Upkeep? StartUpkeep()
    {
        if (_options.AssessEvery == Timeout.InfiniteTimeSpan)
        {
            return null;
        }

        try
        {
            return new Upkeep(_options, () => _source.ConnectedSince, _clock, _upkeepLog.Tell);
        }
        catch
        {
            _writer.Dispose();
            throw;
        }
    }

    private void Receive(string topic, ReadOnlySpan<byte> payload)
    {
        Intake intake = MessageReader.Read(topic, payload, _clock.GetUtcNow().ToUnixTimeMilliseconds());
        try
        {
            _queue.Add(intake);
        }
        catch (InvalidOperationException)
        {
            // The collector is stopping: see Dispose.
        }
    }

    private void WriteBatches()
    {
        var batch = new List<Intake>(_options.BatchSize);
        try
        {
            while (FillBatch(batch))
            {
                Acknowledge(Write(batch));
                batch.Clear();
            }
        }
        catch (Exception e)
        {
            // Held-back source threads must return; they are told by the completed queue.
            _queue.CompleteAdding();
            _completion.TrySetException(e is DbException ? new CollectorStoreException($"{_address}: {e.Message}", e) : e);
        }
    }

    /// <summary>Waits for a first message, then for more until the batch is full or the linger is over. False at the end.</summary>
    private bool FillBatch(List<Intake> batch)
    {
        if (!_queue.TryTake(out Intake? first, Timeout.Infinite))
        {
            return false;
        }

        batch.Add(first);
        long start = Stopwatch.GetTimestamp();
        while (batch.Count < _options.BatchSize)
        {
            TimeSpan left = _options.Linger - Stopwatch.GetElapsedTime(start);
            if (!_queue.TryTake(out Intake? next, left > TimeSpan.Zero ? left : TimeSpan.Zero))
            {
                break;
            }

            batch.Add(next);
        }

        return true;
    }

    private IReadOnlyCollection<Boot> Write(List<Intake> batch)
    {
        while (true)
        {
            try
            {
                CollectorCounters before = _writer.Counters;
                long start = Stopwatch.GetTimestamp();
                IReadOnlyCollection<Boot> boots = _writer.Write(batch);
                _vitals.Written(batch.Count, start);
                TellKeptAside(batch, _writer.Counters, before);
                TellAnswers();
                return boots;
            }
            catch (Exception e) when (_writer.IsWorthAnotherTry(e) && !_stopping.IsSet)
            {
                _vitals.Failed();
                _log(new CollectorEvent(CollectorEventKind.WriteFailed, e.Message));
                _stopping.Wait(_options.RetryAfter);
            }
        }
    }

    private void Acknowledge(IReadOnlyCollection<Boot> boots)
    {
        int sent = 0;
        int failed = 0;
        foreach (Boot boot in boots)
        {
            if (boot.AckedThrough > 0)
            {
                bool isSent = _source.Publish(Topics.Format(boot.Home, boot.Node, Topics.Ack), boot.Acknowledgement().ToByteArray());
                sent += isSent ? 1 : 0;
                failed += isSent ? 0 : 1;
            }
        }

        _vitals.Acknowledged(sent, failed);
    }

    private void TellAnswers()
    {
        foreach (ControlIntake told in _writer.Answers.Take(MostAnswersTold))
        {
            _log(new CollectorEvent(CollectorEventKind.Answered, $"{told.Node.Home}/{told.Node.Node}: {told.Answer}"));
        }

        if (_writer.Answers.Count > MostAnswersTold)
        {
            _log(new CollectorEvent(CollectorEventKind.Answered, $"and {_writer.Answers.Count - MostAnswersTold} more"));
        }
    }

    private void TellKeptAside(List<Intake> batch, CollectorCounters now, CollectorCounters before)
    {
        long keptAside = now.Rejected + now.Overlaps - before.Rejected - before.Overlaps;
        _keptAsideUntold += keptAside;
        if (keptAside == 0 || (_keptAsideToldAt is { } told && _clock.GetElapsedTime(told) < _keptAsidePause))
        {
            return;
        }

        string reason = batch.OfType<RefusedIntake>().LastOrDefault()?.Reason ?? "overlap";
        _log(new CollectorEvent(CollectorEventKind.KeptAside, $"{_keptAsideUntold} messages, the last because of: {reason}"));
        _keptAsideUntold = 0;
        _keptAsideToldAt = _clock.GetTimestamp();
    }

    private static string Describe(CollectorCounters c) =>
        $"{c.Received} received, {c.Stored} stored, {c.Duplicates} duplicates, {c.Overlaps} overlaps, {c.Rejected} rejected";
}
