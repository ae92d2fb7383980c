using GatewayAgent.Collector.Store;
using GatewayAgent.Insight;

namespace GatewayAgent.Collector.Assessing;

/// <summary>A thread beside the writer that assesses homes and drops by age, as long as there is something to do.</summary>
internal sealed class Upkeep : IDisposable
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    /// <summary>Nothing gets so old meanwhile.</summary>
    private static readonly TimeSpan _dropEvery = TimeSpan.FromMinutes(1);

    /// <summary>All boots are looked through.</summary>
    private static readonly TimeSpan _forgetEvery = TimeSpan.FromHours(6);

    private readonly StoreConnections _store;
    private readonly CollectorOptions _options;
    private readonly TimeProvider _clock;
    private readonly Action<string> _fail;
    private readonly HomeAssessor _assessor;
    private readonly ManualResetEventSlim _stopping = new();
    private readonly Thread _thread;
    private long? _droppedAt;
    private long? _forgottenAt;
    private long _lagTicks;

    /// <param name="listeningSince">Since when messages come without a gap; null = they do not come now.</param>
    /// <param name="fail">Told what could not be done; it is tried again.</param>
    /// <exception cref="CollectorStoreException">The store cannot be opened.</exception>
    public Upkeep(CollectorOptions options, Func<DateTimeOffset?> listeningSince, TimeProvider clock, Action<string> fail)
    {
        _store = StoreAddress.Parse(options.Database).OpenForUpkeep();
        (_options, _clock, _fail) = (options, clock, fail);
        _assessor = new HomeAssessor(
            _store,
            options,
            (start, windows, birth) => HomeInsight.HourOf(start, windows, birth),
            facts => HomeInsight.Assess(facts with { TimeZone = options.TimeZone, ListeningSince = listeningSince() ?? facts.Now }),
            clock,
            fail);
        _thread = new Thread(Run) { Name = "collector upkeep", IsBackground = true, Priority = ThreadPriority.BelowNormal };
        _thread.Start();
    }

    /// <summary>Homes assessed since the start.</summary>
    public long Assessed => _assessor.Assessed;

    /// <summary>How long the home that waits longest has waited beyond its turn, as of the last step.</summary>
    public TimeSpan Lag => new(Interlocked.Read(ref _lagTicks));

    /// <summary>Ends after the step that is under way; what it was about to save is made again.</summary>
    public void Dispose()
    {
        _stopping.Set();
        _thread.Join();
        _store.Dispose();
    }

    private void Run()
    {
        while (!_stopping.IsSet)
        {
            if (!TryStep())
            {
                _stopping.Wait(_pause);
            }
        }
    }

    private bool TryStep()
    {
        try
        {
            bool hasDropped = DropSome() | ForgetSome();
            bool hasAssessed = _assessor.Step();
            Interlocked.Exchange(ref _lagTicks, _assessor.Lag().Ticks);
            return hasAssessed || hasDropped;
        }
        catch (Exception e)
        {
            // Whatever it is, it must not end the thread: reports are stored all the same.
            _fail(e.Message);
            return false;
        }
    }

    private bool DropSome()
    {
        // Not by the clock: it may be set back.
        if (_droppedAt is { } dropped && _clock.GetElapsedTime(dropped) < _dropEvery)
        {
            return false;
        }

        DateTimeOffset now = _clock.GetUtcNow();
        bool isMore = _store.DropReports(now - _options.KeepReports, now);
        _droppedAt = isMore ? null : _clock.GetTimestamp();
        return isMore;
    }

    private bool ForgetSome()
    {
        if (_forgottenAt is { } forgotten && _clock.GetElapsedTime(forgotten) < _forgetEvery)
        {
            return false;
        }

        TimeSpan kept = _options.KeepHours > _options.KeepReports ? _options.KeepHours : _options.KeepReports;
        bool isMore = Forgetting.Some(_store, _clock.GetUtcNow() - kept);
        _forgottenAt = isMore ? null : _clock.GetTimestamp();
        return isMore;
    }
}
