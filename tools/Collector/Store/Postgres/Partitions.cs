using System.Globalization;
using Npgsql;

namespace GatewayAgent.Collector.Store.Postgres;

/// <summary>The tables that <c>reports</c> and <c>channels</c> are divided into, by the day of reception.</summary>
internal static class Partitions
{
    public const long DayMs = 24 * WindowTime.HourMs;

    private static readonly string[] _tables = ["reports", "channels"];

    public static long DayOf(long receivedAtMs) => Math.DivRem(receivedAtMs, DayMs).Quotient;

    /// <summary>Makes the tables of a day, in transactions of their own. They are attached: making them as parts would lock out everybody who reads.</summary>
    public static void Make(NpgsqlConnection connection, long day)
    {
        using NpgsqlTransaction transaction = connection.BeginTransaction();
        PostgresDatabase.Execute(connection, $"SELECT pg_advisory_xact_lock({PostgresDatabase.PartitionLock})");
        foreach (string table in _tables)
        {
            string name = NameOf(table, day);
            if (PostgresDatabase.Number(connection, $"SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relname = '{name}'") == 0)
            {
                PostgresDatabase.Execute(
                    connection,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"""
                        CREATE TABLE {name} (LIKE {table} INCLUDING DEFAULTS);
                        ALTER TABLE {table} ATTACH PARTITION {name} FOR VALUES FROM ({day * DayMs}) TO ({(day + 1) * DayMs});
                        """));
            }
        }

        transaction.Commit();
    }

    /// <summary>The oldest day that has tables; null without any.</summary>
    public static long? Oldest(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(
            """
            SELECT min(substring(c.relname from 10)::bigint) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'reports'::regclass
            """,
            connection);
        return command.ExecuteScalar() as long?;
    }

    /// <summary>Drops the tables of a day, and remembers how far its boots had got.</summary>
    public static void Drop(NpgsqlConnection connection, long day)
    {
        // What writes or reads meanwhile goes first; if that takes long, it is tried again later.
        PostgresDatabase.Execute(
            connection,
            $"""
            SET LOCAL lock_timeout = '2s';
            INSERT INTO retired (boot_key, through, sequences)
            SELECT boot_key, max(sequence), sum(sequence - first_sequence + 1) FROM {NameOf("reports", day)} GROUP BY boot_key
            ON CONFLICT (boot_key) DO UPDATE SET through = greatest(retired.through, excluded.through), sequences = retired.sequences + excluded.sequences;
            DROP TABLE {NameOf("reports", day)};
            DROP TABLE {NameOf("channels", day)};
            """);
    }

    private static string NameOf(string table, long day) => string.Create(CultureInfo.InvariantCulture, $"{table}_d{day}");
}
