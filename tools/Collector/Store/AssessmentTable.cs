using System.Data.Common;
using System.Security.Cryptography;
using GatewayAgent.Insight.Diagnosis;
using GatewayAgent.Insight.Facts;
using GatewayAgent.Insight.Scoring;
using Google.Protobuf;

namespace GatewayAgent.Collector.Store;

/// <summary>A home that is being assessed by one collector.</summary>
/// <param name="Number">Of the claim; one that was claimed again cannot be saved.</param>
/// <param name="Hours">Hours to be made anew.</param>
/// <param name="HasMore">There are more of them than were taken.</param>
internal sealed record ClaimedHome(string Home, long Number, IReadOnlyList<StaleHour> Hours, bool HasMore);

/// <summary>What was found out of a claimed home.</summary>
/// <param name="Hours">The hours as they are now; null = without windows.</param>
/// <param name="Assessment">Null when it failed: the hours are made all the same.</param>
internal sealed record AssessedHome(ClaimedHome Claim, IReadOnlyDictionary<StaleHour, NodeHour?> Hours, HomeAssessment? Assessment, DateTimeOffset Next);

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
    /// <param name="until">Then they can be claimed again, should this collector have gone.</param>
    public static List<(string Home, long? AssessedAtMs)> Claim(
        StoreConnections store, DbConnection connection, DateTimeOffset now, DateTimeOffset until, int homes, out long number)
    {
        number = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8));
        using var claim = new Query(
            connection,
            $"""
            WITH due AS MATERIALIZED (SELECT home FROM homes WHERE due_ms <= @now ORDER BY due_ms LIMIT @homes {store.LockFreeRows})
            UPDATE homes SET claim = @number, due_ms = @until FROM due WHERE homes.home = due.home
            RETURNING homes.home, assessed_at_ms
            """);
        return claim
            .With("@now", now.ToUnixTimeMilliseconds()).With("@until", until.ToUnixTimeMilliseconds())
            .With("@homes", (long)homes).With("@number", number)
            .Rows(row => (row.GetString(0), row.Number(1)));
    }

    /// <summary>Takes the stale hours of a home; those that become stale again meanwhile stay so.</summary>
    public static List<StaleHour> TakeHours(StoreConnections store, DbConnection connection, string home, int most)
    {
        using var take = new Query(
            connection,
            $"""
            UPDATE stale_hours SET taken = 1
            FROM (SELECT node_key, hour FROM stale_hours WHERE node_key IN (SELECT node_key FROM nodes WHERE home = @home)
              ORDER BY node_key, hour LIMIT @most {store.LockRows}) m
            WHERE stale_hours.node_key = m.node_key AND stale_hours.hour = m.hour
            RETURNING stale_hours.node_key, stale_hours.hour
            """);
        return take.With("@home", home).With("@most", (long)most).Rows(row => new StaleHour(row.GetInt64(0), row.GetInt64(1)));
    }

    /// <summary>When anything of a home was received last, Unix milliseconds.</summary>
    public static long LastReceivedMs(DbConnection connection, string home)
    {
        using var last = new Query(
            connection,
            """
            SELECT max(b.last_received_ms), max(s.received_at_ms) FROM nodes n
            LEFT JOIN boots b ON b.node_key = n.node_key LEFT JOIN states s ON s.node_key = n.node_key WHERE n.home = @home
            """);
        return last.With("@home", home).Rows(row => Math.Max(row.Number(0) ?? 0, row.Number(1) ?? 0))[0];
    }

    /// <summary>Lets go of a home until its next turn.</summary>
    public static void Release(DbConnection connection, string home, long number, DateTimeOffset next) => IsStillClaimed(connection, home, number, next);

    /// <summary>Saves what was found, removes the marks of the hours that were made, and drops hours by age.</summary>
    /// <returns>False when another has claimed the home since.</returns>
    public static bool Save(DbConnection connection, AssessedHome found, DateTimeOffset now, TimeSpan keepHours)
    {
        if (!IsStillClaimed(connection, found.Claim.Home, found.Claim.Number, found.Next))
        {
            return false;
        }

        foreach ((StaleHour stale, NodeHour? hour) in found.Hours.OrderBy(made => (made.Key.NodeKey, made.Key.Hour)))
        {
            SaveHour(connection, stale, hour, now);
        }

        using var drop = new Query(
            connection, "DELETE FROM node_hours WHERE node_key IN (SELECT node_key FROM nodes WHERE home = @home) AND hour < @oldest");
        drop.With("@home", found.Claim.Home).With("@oldest", (now - keepHours).ToUnixTimeMilliseconds() / WindowTime.HourMs).Run();
        if (found.Assessment is { } assessment)
        {
            SaveAssessment(connection, assessment);
            SaveSummary(connection, assessment);
        }

        return true;
    }

    /// <summary>When the home that waits longest was due; null without homes.</summary>
    public static long? EarliestDueMs(DbConnection connection)
    {
        using var due = new Query(connection, "SELECT min(due_ms) FROM homes");
        return due.Rows(row => row.Number(0))[0];
    }

    private static bool IsStillClaimed(DbConnection connection, string home, long number, DateTimeOffset next)
    {
        using var release = new Query(connection, "UPDATE homes SET due_ms = @next WHERE home = @home AND claim = @number");
        return release.With("@next", next.ToUnixTimeMilliseconds()).With("@home", home).With("@number", number).Run() == 1;
    }

    private static void SaveHour(DbConnection connection, StaleHour stale, NodeHour? hour, DateTimeOffset now)
    {
        using Query save = hour == null
            ? new Query(connection, "DELETE FROM node_hours WHERE node_key = @node AND hour = @hour")
            : Bind(new Query(connection, _saveHour), hour).With("@made", now.ToUnixTimeMilliseconds());
        save.With("@node", stale.NodeKey).With("@hour", stale.Hour).Run();
        using var unmark = new Query(connection, "DELETE FROM stale_hours WHERE node_key = @node AND hour = @hour AND taken = 1");
        unmark.With("@node", stale.NodeKey).With("@hour", stale.Hour).Run();
    }

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
