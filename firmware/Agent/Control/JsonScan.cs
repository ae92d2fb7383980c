namespace GatewayAgent.Control;

/// <summary>
/// Holds a text against the grammar of JSON (RFC 8259) before the library reads it, which takes more than JSON (missing commas, 'single quotes',
/// 007, TRUE), goes as deep as the text does, and needs some hundred bytes for each value. Narrower than the grammar where nothing of ours
/// needs it: one object, ASCII, no escapes, whole numbers, a bounded depth and number of values.
/// </summary>
public sealed class JsonScan
{
    // Ten digits reach beyond 32 bits, nothing beyond 64.
    private const int Digits = 10;

    private readonly byte[] _text;
    private readonly int _maxValues;
    private int _at;
    private int _values;
    private int _nameStart, _nameLength;

    private JsonScan(byte[] text, int maxValues)
    {
        _text = text;
        _maxValues = maxValues;
    }

    /// <param name="text">As received.</param>
    /// <param name="maxValues">Most values there may be, containers included.</param>
    /// <returns>Null when it is one JSON object as described, or what is wrong with it and where. Quotes names and numbers, no texts.</returns>
    public static string Check(byte[] text, int maxValues)
    {
        JsonScan scan = new JsonScan(text, maxValues);
        return scan.Document();
    }

    private string Document()
    {
        SkipSpace();
        if (Peek() != '{')
        {
            return "not a JSON object";
        }

        string error = Value(0);
        SkipSpace();
        return error ?? (_at < _text.Length ? Wrong("something stands behind the end") : null);
    }

    private string Value(int depth)
    {
        SkipSpace();
        _values++;
        if (_values > _maxValues)
        {
            return "more than " + _maxValues.ToString() + " values";
        }

        int c = Peek();
        switch (c)
        {
            case '{':
            case '[':
                return depth == Limits.JsonDepth
                    ? "nested deeper than " + Limits.JsonDepth.ToString()
                    : c == '{' ? Object(depth + 1) : Array(depth + 1);
            case '"':
                return Text();
            case 't':
                return Word("true");
            case 'f':
                return Word("false");
            case 'n':
                return Word("null");
            default:
                return c == '-' || IsDigit(c) ? Number() : Wrong("a value is missing");
        }
    }

    private string Object(int depth)
    {
        _at++;
        if (Skip('}'))
        {
            return null;
        }

        while (true)
        {
            SkipSpace();
            _nameStart = _at + 1;
            string error = Peek() == '"' ? Text() : Wrong("a name is missing");
            _nameLength = _at - 1 - _nameStart;
            error = error ?? (Skip(':') ? Value(depth) : Wrong("':' is missing"));
            if (error != null || Skip('}'))
            {
                return error;
            }

            if (!Skip(','))
            {
                return Wrong("',' or '}' is missing");
            }
        }
    }

    private string Array(int depth)
    {
        _at++;
        if (Skip(']'))
        {
            return null;
        }

        while (true)
        {
            string error = Value(depth);
            if (error != null || Skip(']'))
            {
                return error;
            }

            if (!Skip(','))
            {
                return Wrong("',' or ']' is missing");
            }
        }
    }

    private string Text()
    {
        for (_at++; _at < _text.Length; _at++)
        {
            int c = _text[_at];
            if (c == '"')
            {
                _at++;
                return null;
            }

            if (c < ' ' || c == '\\' || c > '~')
            {
                return Wrong(c == '\\' ? "escapes are not taken" : "only printable ASCII is taken");
            }
        }

        return Wrong("a text does not end");
    }

    private string Number()
    {
        int start = _at;
        if (Peek() == '-')
        {
            _at++;
        }

        int first = _at;
        while (IsDigit(Peek()))
        {
            _at++;
        }

        int digits = _at - first, next = Peek();
        if (digits == 0 || (digits > 1 && _text[first] == '0'))
        {
            return Wrong("not a number");
        }

        bool whole = next != '.' && next != 'e' && next != 'E';
        return whole && digits <= Digits ? null : NameOf(start) + (whole ? "the number is too large" : "must be a whole number");
    }

    private string Word(string word)
    {
        for (int i = 0; i < word.Length; i++)
        {
            if (Peek() != word[i])
            {
                return Wrong("a value is missing");
            }

            _at++;
        }

        return null;
    }

    private bool Skip(char c)
    {
        SkipSpace();
        if (Peek() != c)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && (_text[_at] == ' ' || _text[_at] == '\n' || _text[_at] == '\r' || _text[_at] == '\t'))
        {
            _at++;
        }
    }

    // −1 behind the end.
    private int Peek() => _at < _text.Length ? _text[_at] : -1;

    private string Wrong(string what) => "not JSON as it is taken here: byte " + (_at + 1).ToString() + ": " + what;

    // The field, and its number as far as it was read.
    private string NameOf(int numberStart)
    {
        char[] name = new char[_nameLength + 2 + _at - numberStart + 1];
        for (int i = 0; i < _nameLength; i++)
        {
            name[i] = (char)_text[_nameStart + i];
        }

        name[_nameLength] = ':';
        name[_nameLength + 1] = ' ';
        for (int i = numberStart; i < _at; i++)
        {
            name[_nameLength + 2 + i - numberStart] = (char)_text[i];
        }

        name[name.Length - 1] = ' ';
        return new string(name);
    }

    private static bool IsDigit(int c) => c >= '0' && c <= '9';
}
