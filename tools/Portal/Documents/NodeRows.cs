using System.Text;

namespace GatewayAgent.Portal.Documents;

/// <summary>Puts tables of comma-separated values, one of each node, under one header, with the name of the node before each row.</summary>
internal sealed class NodeRows(TextWriter to) : TextWriter
{
    private bool _isFirstTable = true, _isHeader, _isLineStart;
    private string _node = "";

    public override Encoding Encoding => to.Encoding;

    /// <summary>The next table is of this node; names hold nothing that would need quotes.</summary>
    public void Begin(string node)
    {
        _isFirstTable = _node.Length == 0;
        (_node, _isHeader, _isLineStart) = (node, true, true);
    }

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(ReadOnlySpan<char> buffer)
    {
        while (!buffer.IsEmpty)
        {
            int end = buffer.IndexOf('\n') + 1;
            ReadOnlySpan<char> line = buffer[..(end == 0 ? buffer.Length : end)];
            WritePart(line);
            _isLineStart = end > 0;
            _isHeader &= !_isLineStart;
            buffer = buffer[line.Length..];
        }
    }

    private void WritePart(ReadOnlySpan<char> part)
    {
        if (_isHeader && !_isFirstTable)
        {
            return;
        }

        if (_isLineStart)
        {
            to.Write(_isHeader ? "node" : _node);
            to.Write(',');
        }

        to.Write(part);
    }
}
