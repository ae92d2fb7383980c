using Npgsql;
using NpgsqlTypes;

namespace GatewayAgent.Collector.Store.Postgres;

/// <summary>Rows by COPY in binary format, without boxing numbers.</summary>
internal readonly struct CopyWriter(NpgsqlBinaryImporter importer)
{
    public static void Write<T>(NpgsqlConnection connection, string columns, IEnumerable<T> rows, Action<CopyWriter, T> write)
    {
        using NpgsqlBinaryImporter importer = connection.BeginBinaryImport($"COPY {columns} FROM STDIN (FORMAT BINARY)");
        var writer = new CopyWriter(importer);
        foreach (T row in rows)
        {
            importer.StartRow();
            write(writer, row);
        }

        importer.Complete();
    }

    public CopyWriter Put(long value)
    {
        importer.Write(value, NpgsqlDbType.Bigint);
        return this;
    }

    public CopyWriter PutInteger(int value)
    {
        importer.Write(value, NpgsqlDbType.Integer);
        return this;
    }

    public CopyWriter Put(long? value)
    {
        if (value is { } known)
        {
            return Put(known);
        }

        importer.WriteNull();
        return this;
    }

    public CopyWriter Put(string text)
    {
        importer.Write(PlainText.Of(text), NpgsqlDbType.Text);
        return this;
    }

    public CopyWriter Put(byte[] bytes)
    {
        importer.Write(bytes, NpgsqlDbType.Bytea);
        return this;
    }
}
