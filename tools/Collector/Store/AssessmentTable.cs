using System.Data.Common;
using GatewayAgent.Collector.Assessing;
using GatewayAgent.Insight.Diagnosis;
using GatewayAgent.Insight.Facts;
using GatewayAgent.Insight.Scoring;
using Google.Protobuf;

namespace GatewayAgent.Collector.Store;

/// <summary>A home that is being assessed by one collector.</summary>
/// <param name="Number">Of the claim; one that was claimed again cannot be saved.</param>
/// <param name="Until">Then it can be claimed again, should this collector have gone.</param>
/// <param name="Hours">Hours to be made anew.</param>
internal sealed record ClaimedHome(string Home, long Number, DateTimeOffset Until, IReadOnlyList<StaleHour> Hours);

/// <summary>What was found out of a claimed home.</summary>
/// <param name="Hours">The hours as they are now.</param>
/// <param name="Assessment">Null when it failed: the hours are made all the same.</param>
/// <param name="Next">When it has its turn again, if nothing happens before.</param>
internal sealed record AssessedHome(ClaimedHome Claim, IReadOnlyDictionary<StaleHour, MadeHour> Hours, HomeAssessment? Assessment, DateTimeOffset Next);

/// <summary>Hands homes to those who assess them, and keeps what they find.</summary>
internal static class AssessmentTable
{
    /// <summary>Ranks of what is unknown: after everything that is known.</summary>
    private const double UnknownRank = 1000;

    private static readonly string _hourColumns = string.Join(", ", HourReader.BadColumns);

    private static readonly string _saveHour =
        $"""
        INSERT INTO node_hours (node_key, hour, made_at_ms, good_s, unknown_s, {_hourColumns}, start_ms, start_estimated, payload)
        VALUES (@node, @hour, @made, @good, @unknown, @{_hourColumns.Replace(" ", " @", StringComparison.Ordinal)}, @start, @estimated, @payload)
        ON CONFLICT (node_key, hour) DO UPDATE SET made_at_ms = excluded.made_at_ms, good_s = excluded.good_s, unknown_s = excluded.unknown_s,
          {string.Join(", ", HourReader.BadColumns.Select(name => $"{name} = excluded.{name}"))},
          start_ms = excluded.start_ms, start_estimated = excluded.start_estimated, payload = excluded.payload
        """;

    /// <summary>Claims homes whose turn it is, those that wait longest first. In a transaction that writes.</summary>
    public static List<string> Claim(StoreConnections store, DbConnection connection, long number, DateTimeOffset now, DateTimeOffset until, int homes)
    {
        using var claim = new Query(
            connection,
            $"""
            WITH due AS MATERIALIZED (SELECT home FROM homes WHERE due_ms <= @now ORDER BY due_ms LIMIT @homes {store.LockFreeRows})
            UPDATE homes SET claim = @number, due_ms = @until FROM due WHERE homes.home = due.home
            RETURNING homes.home
            """);
        return claim
            .With("@now", now.ToUnixTimeMilliseconds()).With("@until", until.ToUnixTimeMilliseconds())
            .With("@homes", (long)homes).With("@number", number)
            .Rows(row => row.GetString(0));
    }

    /// <summary>Gives their turn to homes that wait for longer than any does: the clock was set back.</summary>
    public static void BringBack(DbConnection connection, DateTimeOffset now, DateTimeOffset latest)
    {
        using var bring = new Query(connection, "UPDATE homes SET due_ms = @now WHERE due_ms > @latest");
        bring.With("@now", now.ToUnixTimeMilliseconds()).With("@latest", latest.ToUnixTimeMilliseconds()).Run();
    }

    /// <summary>Takes the stale hours of some homes; those that become stale again meanwhile stay so.</summary>
    /// <param name="most">Of all of them; what is beyond stays as it is.</param>
    public static ILookup<string, StaleHour> TakeHours(StoreConnections store, DbConnection connection, IEnumerable<string> homes, int most)
    {
        var homeOf = new Dictionary<long, string>();
        using var nodes = new Query(connection, "SELECT node_key FROM nodes WHERE home = @home");
        foreach (string home in homes)
        {
            nodes.Again("@home", home).Rows(row => row.GetInt64(0)).ForEach(node => homeOf.Add(node, home));
        }

        // All at once, in the order in which writers mark them: those who lock in other orders wait for each other.
        using var take = new Query(
            connection,
            $"""
            UPDATE stale_hours SET taken = 1
            FROM (SELECT node_key, hour FROM stale_hours WHERE node_key IN ({string.Join(',', homeOf.Keys)})
              ORDER BY node_key, hour LIMIT @most {store.LockRows}) m
            WHERE stale_hours.node_key = m.node_key AND stale_hours.hour = m.hour
            RETURNING stale_hours.node_key, stale_hours.hour
            """);
        return take.With("@most", (long)most).Rows(row => new StaleHour(row.GetInt64(0), row.GetInt64(1))).ToLookup(hour => homeOf[hour.NodeKey]);
    }

    /// <summary>Saves what was found, removes the marks of the hours that were made, and drops hours by age.</summary>
    /// <returns>How many homes were assessed; not those that another has claimed since.</returns>
    public static int Save(DbConnection connection, IEnumerable<AssessedHome> found, DateTimeOffset now, TimeSpan keepHours)
    {
        // Homes before hours, and both in order, as writers lock them.
        List<AssessedHome> saved = [.. found.OrderBy(home => home.Claim.Home, StringComparer.Ordinal).Where(home => IsStillClaimed(connection, home))];
        foreach ((StaleHour stale, MadeHour hour) in saved.SelectMany(home => home.Hours).OrderBy(made => (made.Key.NodeKey, made.Key.Hour)))
        {
            SaveHour(connection, stale, hour, now);
        }

        foreach (AssessedHome home in saved)
        {
            Drop(connection, "node_hours", home.Claim.Home, (now - keepHours).ToUnixTimeMilliseconds() / WindowTime.HourMs);
            Drop(connection, "hour_windows", home.Claim.Home, FirstOfWindows(now));
            if (home.Assessment is { } assessment)
            {
                SaveAssessment(connection, assessment);
                SaveSummary(connection, assessment);
            }
        }

        return saved.Count(home => home.Assessment != null);
    }

    /// <summary>When the home that waits longest was due; null without homes.</summary>
    public static long? EarliestDueMs(DbConnection connection)
    {
        using var due = new Query(connection, "SELECT min(due_ms) FROM homes");
        return due.Rows(row => row.Number(0))[0];
    }

    // Something may have happened since that wants it to have its turn earlier.
    private static bool IsStillClaimed(DbConnection connection, AssessedHome home)
    {
        using var release = new Query(
            connection, "UPDATE homes SET due_ms = CASE WHEN due_ms = @until THEN @next ELSE due_ms END WHERE home = @home AND claim = @number");
        return release
            .With("@until", home.Claim.Until.ToUnixTimeMilliseconds()).With("@next", home.Next.ToUnixTimeMilliseconds())
            .With("@home", home.Claim.Home).With("@number", home.Claim.Number).Run() == 1;
    }

    private static void Drop(DbConnection connection, string table, string home, long beforeHour)
    {
        using var drop = new Query(
            connection, $"DELETE FROM {table} WHERE node_key IN (SELECT node_key FROM nodes WHERE home = @home) AND hour < @oldest");
        drop.With("@home", home).With("@oldest", beforeHour).Run();
    }

    private static void SaveHour(DbConnection connection, StaleHour stale, MadeHour made, DateTimeOffset now)
    {
        using Query save = made.Hour is { } hour
            ? Bind(new Query(connection, _saveHour), hour).With("@made", now.ToUnixTimeMilliseconds())
            : new Query(connection, "DELETE FROM node_hours WHERE node_key = @node AND hour = @hour");
        save.With("@node", stale.NodeKey).With("@hour", stale.Hour).Run();
        if (stale.Hour >= FirstOfWindows(now) && made.Windows is { } windows)
        {
            SaveWindows(connection, stale, windows);
        }

        using var unmark = new Query(connection, "DELETE FROM stale_hours WHERE node_key = @node AND hour = @hour AND taken = 1");
        unmark.With("@node", stale.NodeKey).With("@hour", stale.Hour).Run();
    }

    private static void SaveWindows(DbConnection connection, StaleHour stale, IReadOnlyList<NodeWindow> windows)
    {
        using var save = new Query(
            connection,
            "INSERT INTO hour_windows VALUES (@node, @hour, @payload) ON CONFLICT (node_key, hour) DO UPDATE SET payload = excluded.payload");
        save.With("@node", stale.NodeKey).With("@hour", stale.Hour).With("@payload", HourWindows.Write(windows)).Run();
    }

    // The first hour of which windows are looked at, and one that was begun before.
    private static long FirstOfWindows(DateTimeOffset now) => ((now - FactReader.WindowsOf).ToUnixTimeMilliseconds() / WindowTime.HourMs) - 1;

    private static Query Bind(Query query, NodeHour hour)
    {
        for (int i = 0; i < UserSeconds.Classifiers; i++)
        {
            query.With($"@{HourReader.BadColumns[i]}", hour.Users.Bad[i]);
        }

        return query
            .With("@good", hour.Users.Good).With("@unknown", hour.Users.Unknown)
            .WithNumber("@start", hour.Sum?.Start.ToUnixTimeMilliseconds()).With("@estimated", hour.Sum is { IsStartEstimated: true } ? 1L : 0L)
            .WithBytes("@payload", hour.Sum?.Report.ToByteArray());
    }

    private static void SaveAssessment(DbConnection connection, HomeAssessment assessment)
    {
        using var save = new Query(
            connection, "INSERT INTO assessments (home, document) VALUES (@home, @document) ON CONFLICT (home) DO UPDATE SET document = excluded.document");
        save.With("@home", assessment.Home).With("@document", AssessmentJson.Write(assessment)).Run();
    }

    private static void SaveSummary(DbConnection connection, HomeAssessment assessment)
    {
        Finding? first = assessment.Findings.Count == 0 ? null : assessment.Findings[0];
        using var save = new Query(
            connection,
            """
            UPDATE homes SET assessed_at_ms = @at, stability = @stability, baseline = @baseline, worse = @worse, cause = @cause, node = @node,
              confidence = @confidence, since_ms = @since, summary = @summary, worst_rank = @worst, falling_rank = @falling
            WHERE home = @home
            """);
        save.With("@home", assessment.Home)
            .With("@at", assessment.At.ToUnixTimeMilliseconds())
            .WithReal("@stability", assessment.Index)
            .WithReal("@baseline", assessment.BaselineIndex)
            .With("@worse", assessment.IsGettingWorse ? 1L : 0L)
            .WithNumber("@cause", (long?)first?.Cause)
            .WithText("@node", first?.Node)
            .WithReal("@confidence", first?.Confidence)
            .WithNumber("@since", first?.Since?.ToUnixTimeMilliseconds())
            .WithText("@summary", first?.Summary)
            .WithReal("@worst", assessment.Index ?? UnknownRank)
            .WithReal("@falling", assessment.Index - assessment.BaselineIndex ?? UnknownRank)
            .Run();
    }
}
