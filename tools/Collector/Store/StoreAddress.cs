using System.Text.RegularExpressions;
using GatewayAgent.Collector.Store.Postgres;
using GatewayAgent.Collector.Store.Sqlite;
using Npgsql;

namespace GatewayAgent.Collector.Store;

/// <summary>
/// Where a store is: the path of a SQLite file, or <c>postgres://user:password@host:port/database</c>, which several collectors can share.
/// User, password and port may be left out: libpq's PGUSER, PGPASSWORD and password file hold, and port 5432. Special characters are written as in any
/// URL (%2F); a host that begins with a slash is the folder of a socket. <c>?sslmode=…&amp;sslrootcert=…</c> as for psql.
/// </summary>
public sealed partial class StoreAddress
{
    private readonly string _text;
    private readonly string? _connection;

    private StoreAddress(string text, string? connection) => (_text, _connection) = (text, connection);

    /// <summary>Several collectors can write to it at once.</summary>
    public bool IsShared => _connection != null;

    /// <summary>Reads an address.</summary>
    /// <exception cref="CollectorStoreException">It begins as one of PostgreSQL and goes on otherwise.</exception>
    public static StoreAddress Parse(string text)
    {
        if (!text.StartsWith("postgres://", StringComparison.Ordinal) && !text.StartsWith("postgresql://", StringComparison.Ordinal))
        {
            return new StoreAddress(text, null);
        }

        Match match = Url().Match(text);
        if (!match.Success)
        {
            // Not repeated: it may hold a password.
            throw new CollectorStoreException("the store's address is not postgres://user:password@host:port/database");
        }

        NpgsqlConnectionStringBuilder settings = Settings(match);
        return new StoreAddress($"postgres://{settings.Host}:{settings.Port}/{settings.Database}", settings.ConnectionString);
    }

    /// <summary>For people; holds no password.</summary>
    public override string ToString() => _text;

    /// <exception cref="CollectorStoreException">It is in use by another collector and cannot be shared, or is no store of this version.</exception>
    internal IWriteSession OpenForWriting(CollectorOptions options) => _connection == null
        ? new SqliteWriteSession(_text, options)
        : new PostgresWriteSession(new PostgresDatabase(_text, _connection), options);

    /// <exception cref="CollectorStoreException">There is none, or it is no store of this version.</exception>
    internal StoreConnections OpenForReading() => _connection == null
        ? SqliteConnections.ForReading(_text)
        : new PostgresConnections(new PostgresDatabase(_text, _connection));

    /// <summary>For what is written beside the batches, once the store is open for these.</summary>
    internal StoreConnections OpenForUpkeep() => _connection == null ? SqliteConnections.BesideTheWriter(_text) : OpenForReading();

    private static NpgsqlConnectionStringBuilder Settings(Match match)
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = Part(match, "host") is { Length: > 0 } host ? host : "localhost",
            Database = Part(match, "database"),
            ApplicationName = "gateway-agent collector",
            KeepAlive = 30,
        };
        if (match.Groups["user"].Success)
        {
            settings.Username = Part(match, "user");
        }

        if (match.Groups["password"].Success)
        {
            settings.Password = Part(match, "password");
        }

        if (match.Groups["port"].Success)
        {
            settings.Port = ushort.TryParse(match.Groups["port"].Value, out ushort port) ? port : throw new CollectorStoreException("the store's address: no such port");
        }

        foreach (string option in match.Groups["options"].Value.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            Set(settings, option);
        }

        return settings;
    }

    private static void Set(NpgsqlConnectionStringBuilder settings, string option)
    {
        string[] parts = option.Split('=', 2);
        string value = parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "";
        switch (parts[0])
        {
            case "sslmode" when Enum.TryParse(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out SslMode mode) && Enum.IsDefined(mode):
                settings.SslMode = mode;
                break;
            case "sslrootcert":
                settings.RootCertificate = value;
                break;
            default:
                throw new CollectorStoreException($"the store's address: {parts[0]} is not sslmode (disable … verify-full) or sslrootcert");
        }
    }

    private static string Part(Match match, string name) => Uri.UnescapeDataString(match.Groups[name].Value);

    [GeneratedRegex(
        @"^postgres(ql)?://((?<user>[^:@/?#]+)(:(?<password>[^@/?#]*))?@)?(?<host>\[[0-9A-Fa-f:.]+\]|[^:@/?#\[\]]*)(:(?<port>\d+))?/(?<database>[^/?#]+)(\?(?<options>[^#]*))?$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Url();
}
