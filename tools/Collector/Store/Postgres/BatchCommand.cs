using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace GatewayAgent.Collector.Store.Postgres;

/// <summary>A statement over arrays: one round trip for a whole batch. Parameters are $1, $2, …</summary>
internal sealed class BatchCommand(NpgsqlConnection connection, string sql) : IDisposable
{
    private readonly NpgsqlCommand _command = new(sql, connection);

    public BatchCommand With(long[] values) => With(values, NpgsqlDbType.Array | NpgsqlDbType.Bigint);

    public BatchCommand With(string[] values) => With(values, NpgsqlDbType.Array | NpgsqlDbType.Text);

    public BatchCommand With(long value) => With(value, NpgsqlDbType.Bigint);

    public BatchCommand WithNullable(long?[] values) => With(values, NpgsqlDbType.Array | NpgsqlDbType.Bigint);

    public List<T> Rows<T>(Func<DbDataReader, T> read)
    {
        using NpgsqlDataReader reader = _command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public int Run() => _command.ExecuteNonQuery();

    public void Dispose() => _command.Dispose();

    private BatchCommand With(object value, NpgsqlDbType type)
    {
        _command.Parameters.Add(new NpgsqlParameter { Value = value, NpgsqlDbType = type });
        return this;
    }
}
