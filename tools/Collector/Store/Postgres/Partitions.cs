using System.Globalization;
using Npgsql;

namespace GatewayAgent.Collector.Store.Postgres;

/// <summary>The tables that <c>reports</c> is divided into, by the day of reception.</summary>
internal static class Partitions
{
    public const long DayMs = 24 * WindowTime.HourMs;

    public static long DayOf(long receivedAtMs) => Math.DivRem(receivedAtMs, DayMs).Quotient;

    /// <summary>Makes the table of a day, in a transaction of its own. It is attached: making it as a part would lock out everybody who reads.</summary>
    public static void Make(NpgsqlConnection connection, long day)
    {
        using NpgsqlTransaction transaction = connection.BeginTransaction();
        PostgresDatabase.Execute(connection, $"SELECT pg_advisory_xact_lock({PostgresDatabase.PartitionLock})");
        string name = NameOf(day);
        if (PostgresDatabase.Number(connection, $"SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relname = '{name}'") == 0)
        {
            PostgresDatabase.Execute(
                connection,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"""
                    CREATE TABLE {name} (LIKE reports INCLUDING DEFAULTS);
                    ALTER TABLE reports ATTACH PARTITION {name} FOR VALUES FROM ({day * DayMs}) TO ({(day + 1) * DayMs});
                    """));
        }

        transaction.Commit();
    }

    /// <summary>The oldest day that has a table; null without any.</summary>
    public static long? Oldest(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(
            """
            SELECT min(substring(c.relname from 10)::bigint) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'reports'::regclass
            """,
            connection);
        return command.ExecuteScalar() as long?;
    }

    /// <summary>Drops the table of a day, and remembers how far its boots had got.</summary>
    public static void Drop(NpgsqlConnection connection, long day)
    {
        // What writes or reads meanwhile goes first; if that takes long, it is tried again later.
        PostgresDatabase.Execute(
            connection,
            $"""
            SET LOCAL lock_timeout = '2s';
            INSERT INTO retired (boot_key, through, sequences)
            SELECT boot_key, max(sequence), sum(sequence - first_sequence + 1) FROM {NameOf(day)} GROUP BY boot_key
            ON CONFLICT (boot_key) DO UPDATE SET through = greatest(retired.through, excluded.through), sequences = retired.sequences + excluded.sequences;
            DROP TABLE {NameOf(day)};
            """);
    }

    private static string NameOf(long day) => string.Create(CultureInfo.InvariantCulture, $"reports_d{day}");
}
