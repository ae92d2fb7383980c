using System.Data.Common;
using GatewayAgent.Collector.Store;
using GatewayAgent.Insight.Diagnosis;
using GatewayAgent.Insight.Facts;

namespace GatewayAgent.Collector.Assessing;

/// <summary>
/// Keeps hours and assessments up to date, some homes a step. A home has its turn every <see cref="CollectorOptions.AssessEvery"/>; it is assessed if
/// anything came of it since, and otherwise once an hour, for silence is news too.
/// </summary>
/// <remarks>
/// Claiming, making and saving are three transactions, so that batches are not held up. Whoever has claimed a home and dies is succeeded after a
/// while; whoever has become so slow that it was succeeded cannot save. Hours taken stay marked until they are saved, and become stale again
/// when a report comes meanwhile.
/// </remarks>
internal sealed class HomeAssessor(
    StoreConnections store, CollectorOptions options, HourScorer score, Func<HomeFacts, HomeAssessment> assess, TimeProvider clock, Action<string> fail)
{
    /// <summary>Homes a step: some tens of milliseconds of work, some hundred rows a transaction.</summary>
    private const int HomesAStep = 16;

    /// <summary>Hours made anew of one home at once; what is beyond is made in the next step.</summary>
    private const int HoursAHome = 1000;

    /// <summary>A step is far from taking as long.</summary>
    private static readonly TimeSpan _claimFor = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan _silence = TimeSpan.FromHours(1);

    /// <summary>A baseline is four weeks.</summary>
    private static readonly TimeSpan _factsOf = TimeSpan.FromDays(28);

    private readonly HourMaker _hours = new(score, options.KeepReports);
    private long _assessed;

    /// <summary>Homes assessed since the start. From any thread.</summary>
    public long Assessed => Interlocked.Read(ref _assessed);

    /// <summary>Assesses some homes; false when none has its turn.</summary>
    /// <exception cref="CollectorStoreException">The store cannot be reached or written.</exception>
    public bool Step()
    {
        DateTimeOffset now = clock.GetUtcNow();
        (int turns, List<ClaimedHome> claimed) = store.Write(connection => Claim(connection, now));
        List<AssessedHome> found = [.. claimed.Select(home => AssessOrFail(home, now))];
        int saved = found.Count == 0 ? 0 : store.Write(connection => found.Count(home => AssessmentTable.Save(connection, home, now, options.KeepHours) && home.Assessment != null));
        Interlocked.Add(ref _assessed, saved);
        return turns > 0;
    }

    /// <summary>How long the home that waits longest has waited beyond its turn.</summary>
    public TimeSpan Lag()
    {
        long? due = store.Read(AssessmentTable.EarliestDueMs);
        TimeSpan late = due is > 0 and long ms ? clock.GetUtcNow() - WindowTime.Moment(ms) : TimeSpan.Zero;
        return late > TimeSpan.Zero ? late : TimeSpan.Zero;
    }

    private (int Turns, List<ClaimedHome> Homes) Claim(DbConnection connection, DateTimeOffset now)
    {
        var claimed = new List<ClaimedHome>();
        List<(string Home, long? AssessedAtMs)> due = AssessmentTable.Claim(store, connection, now, now + _claimFor, HomesAStep, out long number);
        foreach ((string home, long? assessedAtMs) in due.OrderBy(home => home.Home, StringComparer.Ordinal))
        {
            List<StaleHour> hours = AssessmentTable.TakeHours(store, connection, home, HoursAHome);
            if (hours.Count > 0 || IsNews(connection, home, assessedAtMs, now))
            {
                claimed.Add(new ClaimedHome(home, number, hours, hours.Count == HoursAHome));
            }
            else
            {
                AssessmentTable.Release(connection, home, number, now + options.AssessEvery);
            }
        }

        return (due.Count, claimed);
    }

    private static bool IsNews(DbConnection connection, string home, long? assessedAtMs, DateTimeOffset now) =>
        assessedAtMs is not { } assessed
        || now - WindowTime.Moment(assessed) >= _silence
        || AssessmentTable.LastReceivedMs(connection, home) >= assessed;

    // A fault of ours: other homes are not to wait for it.
    private AssessedHome AssessOrFail(ClaimedHome home, DateTimeOffset now)
    {
        try
        {
            return store.Read(connection => Assess(connection, home, now));
        }
        catch (Exception e) when (e is not CollectorStoreException)
        {
            fail($"{home.Home} is not assessed: {e.Message}");
            return new AssessedHome(home, new Dictionary<StaleHour, NodeHour?>(), null, now + _silence);
        }
    }

    private AssessedHome Assess(DbConnection connection, ClaimedHome home, DateTimeOffset now)
    {
        Dictionary<StaleHour, NodeHour?> made = [];
        foreach (IGrouping<long, StaleHour> ofNode in home.Hours.GroupBy(hour => hour.NodeKey))
        {
            foreach ((StaleHour stale, NodeHour? hour) in MakeOrForget(connection, ofNode.Key, [.. ofNode], now))
            {
                made.Add(stale, hour);
            }
        }

        HomeFacts? facts = FactReader.Read(connection, home.Home, now - _factsOf, now, (nodeKey, hours) => Merge(nodeKey, hours, made));
        return new AssessedHome(home, made, facts == null ? null : assess(facts), home.HasMore ? now : now + options.AssessEvery);
    }

    // Nodes state any time; of hours that are not kept nothing is made.
    private Dictionary<StaleHour, NodeHour?> MakeOrForget(DbConnection connection, long nodeKey, IReadOnlyCollection<StaleHour> stale, DateTimeOffset now)
    {
        long oldest = (now - options.KeepHours).ToUnixTimeMilliseconds() / WindowTime.HourMs;
        List<StaleHour> kept = [.. stale.Where(hour => hour.Hour > oldest)];
        Dictionary<StaleHour, NodeHour?> made = kept.Count == 0 ? [] : _hours.Make(connection, nodeKey, kept, now);
        foreach (StaleHour forgotten in stale.Except(kept))
        {
            made.Add(forgotten, null);
        }

        return made;
    }

    private static List<NodeHour> Merge(long nodeKey, List<NodeHour> stored, Dictionary<StaleHour, NodeHour?> made)
    {
        IEnumerable<KeyValuePair<StaleHour, NodeHour?>> ofNode = made.Where(hour => hour.Key.NodeKey == nodeKey);
        Dictionary<DateTimeOffset, NodeHour?> changed = ofNode.ToDictionary(hour => WindowTime.HourStart(hour.Key.Hour), hour => hour.Value);
        if (changed.Count == 0)
        {
            return stored;
        }

        return [.. stored
            .Where(hour => !changed.ContainsKey(hour.Start))
            .Concat(changed.Values.OfType<NodeHour>())
            .OrderBy(hour => hour.Start)];
    }
}
