using System.Data.Common;
using System.Security.Cryptography;
using GatewayAgent.Collector.Store;
using GatewayAgent.Insight.Diagnosis;
using GatewayAgent.Insight.Facts;

namespace GatewayAgent.Collector.Assessing;

/// <summary>
/// Keeps hours and assessments up to date, some homes a step. A home has its turn when something has happened in it (writers see to that), but not
/// more often than every <see cref="CollectorOptions.AssessEvery"/>, and otherwise when there is an hour more to go by: silence is news too. Until
/// anything can be said of a home that reports, it has its turn every time.
/// </summary>
/// <remarks>
/// Claiming, making and saving are three transactions, so that batches are not held up. Whoever has claimed a home and dies is succeeded after a
/// while; whoever has become so slow that it was succeeded cannot save. Hours taken stay marked until they are saved, and become stale again
/// when a report comes meanwhile.
/// </remarks>
internal sealed class HomeAssessor(
    StoreConnections store, CollectorOptions options, HourScorer score, Func<HomeFacts, HomeAssessment> assess, TimeProvider clock, Action<string> fail)
{
    /// <summary>Homes a step: some tenths of a second of work, some hundred rows a transaction.</summary>
    private const int HomesAStep = 16;

    /// <summary>Hours made anew in one step; what is beyond is made in the next.</summary>
    private const int HoursAStep = 4000;

    /// <summary>A step is far from taking as long.</summary>
    private static readonly TimeSpan _claimFor = TimeSpan.FromMinutes(10);

    /// <summary>A home that could not be assessed has its turn again then.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromHours(1);

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
        (List<ClaimedHome> claimed, bool hasMoreHours) = store.Write(connection => Claim(connection, now));
        List<AssessedHome> found = [.. claimed.Select(home => AssessOrFail(home, now, hasMoreHours))];
        int saved = found.Count == 0 ? 0 : store.Write(connection => AssessmentTable.Save(connection, found, now, options.KeepHours));
        Interlocked.Add(ref _assessed, saved);
        return claimed.Count > 0;
    }

    /// <summary>How long the home that waits longest has waited beyond its turn.</summary>
    public TimeSpan Lag()
    {
        long? due = store.Read(AssessmentTable.EarliestDueMs);
        TimeSpan late = due is > 0 and long ms ? clock.GetUtcNow() - WindowTime.Moment(ms) : TimeSpan.Zero;
        return late > TimeSpan.Zero ? late : TimeSpan.Zero;
    }

    private (List<ClaimedHome> Homes, bool HasMoreHours) Claim(DbConnection connection, DateTimeOffset now)
    {
        long number = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8));
        List<string> homes = AssessmentTable.Claim(store, connection, number, now, now + _claimFor, HomesAStep);
        if (homes.Count == 0)
        {
            AssessmentTable.BringBack(connection, now, now + _claimFor + _patience + options.AssessAtLeastEvery);
            return ([], false);
        }

        ILookup<string, StaleHour> hours = AssessmentTable.TakeHours(store, connection, homes, HoursAStep);
        return ([.. homes.Select(home => new ClaimedHome(home, number, now + _claimFor, [.. hours[home]]))], hours.Sum(ofHome => ofHome.Count()) == HoursAStep);
    }

    // A fault of ours: other homes are not to wait for it.
    private AssessedHome AssessOrFail(ClaimedHome home, DateTimeOffset now, bool hasMoreHours)
    {
        try
        {
            AssessedHome found = store.Read(connection => Assess(connection, home, now));
            return hasMoreHours ? found with { Next = now } : found;
        }
        catch (Exception e) when (e is not CollectorStoreException)
        {
            fail($"{home.Home} is not assessed: {e.Message}");
            return new AssessedHome(home, new Dictionary<StaleHour, MadeHour>(), null, now + _patience);
        }
    }

    private AssessedHome Assess(DbConnection connection, ClaimedHome home, DateTimeOffset now)
    {
        Dictionary<StaleHour, MadeHour> made = [];
        foreach (IGrouping<long, StaleHour> ofNode in home.Hours.GroupBy(hour => hour.NodeKey))
        {
            foreach ((StaleHour stale, MadeHour hour) in MakeOrForget(connection, ofNode.Key, [.. ofNode], now))
            {
                made.Add(stale, hour);
            }
        }

        HomeFacts? facts = FactReader.Read(
            connection, home.Home, now - _factsOf, now, (nodeKey, hours) => HourMaker.Merge(nodeKey, hours, made), (nodeKey, fromMs) => Windows(connection, nodeKey, fromMs, made));
        HomeAssessment? assessment = facts == null ? null : assess(facts);
        bool isYoung = assessment is { Index: null } && facts!.Nodes.Any(node => now - node.LastReceived < options.AssessAtLeastEvery);
        return new AssessedHome(home, made, assessment, now + (isYoung ? options.AssessEvery : options.AssessAtLeastEvery));
    }

    // Nodes state any time; of hours that are not kept nothing is made.
    private Dictionary<StaleHour, MadeHour> MakeOrForget(DbConnection connection, long nodeKey, IReadOnlyCollection<StaleHour> stale, DateTimeOffset now)
    {
        long oldest = (now - options.KeepHours).ToUnixTimeMilliseconds() / WindowTime.HourMs;
        List<StaleHour> kept = [.. stale.Where(hour => hour.Hour > oldest)];
        Dictionary<StaleHour, MadeHour> made = kept.Count == 0 ? [] : _hours.Make(connection, nodeKey, kept, now);
        foreach (StaleHour forgotten in stale.Except(kept))
        {
            made.Add(forgotten, MadeHour.None);
        }

        return made;
    }

    // Those of the hours that are as they were lie side by side; only the others are read out of their reports.
    private static IEnumerable<NodeWindow> Windows(DbConnection connection, long nodeKey, long fromMs, Dictionary<StaleHour, MadeHour> made)
    {
        long first = (fromMs / WindowTime.HourMs) - 1;
        IEnumerable<NodeWindow> stored = HourWindows.Read(connection, nodeKey, first)
            .Where(hour => !made.ContainsKey(new StaleHour(nodeKey, hour.Hour)))
            .SelectMany(hour => hour.Windows);
        return stored.Concat(made
            .Where(hour => hour.Key.NodeKey == nodeKey && hour.Key.Hour >= first)
            .SelectMany(hour => hour.Value.Windows ?? []));
    }
}
