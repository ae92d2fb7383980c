using System.Data;
using System.Data.Common;

namespace GatewayAgent.Collector.Store;

/// <summary>
/// A statement in the SQL that both stores speak, its parameters written <c>@name</c>. Whole numbers are 64 bits wide, times Unix milliseconds.
/// </summary>
internal sealed class Query : IDisposable
{
    private readonly DbCommand _command;

    public Query(DbConnection connection, string sql)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
    }

    /// <param name="value">Not null: a store may not tell of what type a NULL is.</param>
    public Query With(string name, object value)
    {
        DbParameter parameter = _command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        _command.Parameters.Add(parameter);
        return this;
    }

    /// <summary>Binds the one parameter of a statement that is run several times.</summary>
    public Query Again(string name, object value)
    {
        _command.Parameters.Clear();
        return With(name, value);
    }

    public Query WithNumber(string name, long? value) => WithNullable(name, value, DbType.Int64);

    public Query WithReal(string name, double? value) => WithNullable(name, value, DbType.Double);

    public Query WithText(string name, string? value) => WithNullable(name, value == null ? null : PlainText.Of(value), DbType.String);

    public Query WithBytes(string name, byte[]? value) => WithNullable(name, value, DbType.Binary);

    /// <summary>Every row.</summary>
    public List<T> Rows<T>(Func<DbDataReader, T> read)
    {
        using DbDataReader reader = _command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>The rows as they are read. Leaving off early costs as much as reading all of them.</summary>
    public IEnumerable<DbDataReader> Stream()
    {
        using DbDataReader reader = _command.ExecuteReader();
        while (reader.Read())
        {
            yield return reader;
        }
    }

    /// <summary>One number; 0 when it is NULL or there is no row.</summary>
    public long Number() => _command.ExecuteScalar() is long number ? number : 0;

    /// <summary>Runs what returns no rows; how many it changed.</summary>
    public int Run() => _command.ExecuteNonQuery();

    public void Dispose() => _command.Dispose();

    private Query WithNullable(string name, object? value, DbType type)
    {
        DbParameter parameter = _command.CreateParameter();
        parameter.ParameterName = name;
        parameter.DbType = type;
        parameter.Value = value ?? DBNull.Value;
        _command.Parameters.Add(parameter);
        return this;
    }
}

/// <summary>Columns that may be NULL.</summary>
internal static class Columns
{
    public static string? Text(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public static long? Number(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

    public static double? Real(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetDouble(column);

    public static byte[] Bytes(this DbDataReader reader, int column) => (byte[])reader.GetValue(column);

    /// <summary>Unix milliseconds.</summary>
    public static DateTimeOffset? Time(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : WindowTime.Moment(reader.GetInt64(column));
}
