using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace GatewayAgent.Collector.Store.Sqlite;

/// <summary>
/// A prepared statement that binds numbers and bytes without boxing them: several rows are written for each report. Parameters count
/// from 1, columns from 0, as in SQLite.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public Statement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        ThrowUnless(raw.SQLITE_OK, raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    public Statement Bind(int parameter, long value)
    {
        ThrowUnless(raw.SQLITE_OK, raw.sqlite3_bind_int64(_statement, parameter, value));
        return this;
    }

    /// <summary>Binds NULL for null.</summary>
    public Statement Bind(int parameter, long? value)
    {
        if (value is { } known)
        {
            return Bind(parameter, known);
        }

        ThrowUnless(raw.SQLITE_OK, raw.sqlite3_bind_null(_statement, parameter));
        return this;
    }

    /// <inheritdoc cref="Bind(int, long?)"/>
    public Statement Bind(int parameter, string? text)
    {
        if (text == null)
        {
            return Bind(parameter, (long?)null);
        }

        ThrowUnless(raw.SQLITE_OK, raw.sqlite3_bind_text(_statement, parameter, Encoding.UTF8.GetBytes(text)));
        return this;
    }

    public Statement Bind(int parameter, ReadOnlySpan<byte> blob)
    {
        // An empty span has no address, which SQLite would take for NULL.
        int code = blob.IsEmpty
            ? raw.sqlite3_bind_zeroblob(_statement, parameter, 0)
            : raw.sqlite3_bind_blob(_statement, parameter, blob);
        ThrowUnless(raw.SQLITE_OK, code);
        return this;
    }

    /// <summary>Runs a statement that returns no rows; the number of rows it changed.</summary>
    public int Run()
    {
        int code = raw.sqlite3_step(_statement);
        raw.sqlite3_reset(_statement);
        ThrowUnless(raw.SQLITE_DONE, code);
        return raw.sqlite3_changes(_database);
    }

    /// <summary>Runs an INSERT; the key of the new row.</summary>
    public long Insert()
    {
        Run();
        return raw.sqlite3_last_insert_rowid(_database);
    }

    /// <summary>Moves to the next row. After the last it is false, and the statement can be bound again; else <see cref="Reset"/> first.</summary>
    public bool Read()
    {
        int code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        raw.sqlite3_reset(_statement);
        ThrowUnless(raw.SQLITE_DONE, code);
        return false;
    }

    /// <summary>Leaves the rows that are not read yet.</summary>
    public void Reset() => raw.sqlite3_reset(_statement);

    public long Long(int column) => raw.sqlite3_column_int64(_statement, column);

    public long? LongOrNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL ? null : Long(column);

    public void Dispose() => _statement.Dispose();

    private void ThrowUnless(int expected, int code)
    {
        if (code != expected)
        {
            throw new SqliteException(raw.sqlite3_errmsg(_database).utf8_to_string(), code & 0xFF, code);
        }
    }
}
