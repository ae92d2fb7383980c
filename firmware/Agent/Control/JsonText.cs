namespace GatewayAgent.Control;

/// <summary>Writes one flat JSON object into a buffer, as UTF-8. What does not fit is left out at the end of a text, so that JSON it stays.</summary>
internal sealed class JsonText
{
    // The longest escape, or three bytes of a character; then the quote and the brace.
    private const int EscapeBytes = 6, EndBytes = 2;

    private readonly byte[] _buffer;

    /// <param name="buffer">Large enough for names and numbers; only texts are cut.</param>
    public JsonText(byte[] buffer)
    {
        _buffer = buffer;
        Put('{');
    }

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    public JsonText Add(string name, int value)
    {
        Name(name);
        PutAscii(value.ToString());
        return this;
    }

    /// <summary>Adds a text; null: adds nothing.</summary>
    public JsonText Add(string name, string text)
    {
        if (text == null)
        {
            return this;
        }

        Name(name);
        Put('"');
        for (int i = 0; i < text.Length && Length + EscapeBytes + EndBytes <= _buffer.Length; i++)
        {
            PutEscaped(text[i]);
        }

        Put('"');
        return this;
    }

    /// <returns>Length of the object.</returns>
    public int End()
    {
        Put('}');
        return Length;
    }

    private void Name(string name)
    {
        if (Length > 1)
        {
            Put(',');
        }

        Put('"');
        PutAscii(name);
        Put('"');
        Put(':');
    }

    private void PutEscaped(char c)
    {
        if (c == '"' || c == '\\')
        {
            Put('\\');
            Put(c);
        }
        else if (c < ' ' || (c >= 0xD800 && c < 0xE000))
        {
            Put('?');
        }
        else if (c < 0x80)
        {
            Put(c);
        }
        else if (c < 0x800)
        {
            PutByte(0xC0 | (c >> 6));
            PutByte(0x80 | (c & 0x3F));
        }
        else
        {
            PutByte(0xE0 | (c >> 12));
            PutByte(0x80 | ((c >> 6) & 0x3F));
            PutByte(0x80 | (c & 0x3F));
        }
    }

    private void PutAscii(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            Put(text[i]);
        }
    }

    private void Put(char c) => PutByte(c);

    private void PutByte(int value)
    {
        _buffer[Length] = (byte)value;
        Length++;
    }
}
