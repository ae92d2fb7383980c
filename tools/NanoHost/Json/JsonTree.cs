using System.Collections;
using System.Globalization;
using System.Text.Json;

namespace nanoFramework.Json;

/// <summary>
/// Reads a text into Hashtable, ArrayList and values. The document must be an object or an array; a comma before its end is let
/// pass. Escapes that the device's reader stumbles over are refused: \/, and \u with a hexadecimal letter other than e.
/// </summary>
internal static class JsonTree
{
    private const int CalendarTimeLength = 18;

    private static readonly JsonDocumentOptions _options = new() { AllowTrailingCommas = true };
    private static readonly string[] _timeFormats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static object Parse(string text)
    {
        RefuseEscapes(text);
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, _options);
            return document.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array
                ? Value(document.RootElement)
                : throw new DeserializationException();
        }
        catch (JsonException)
        {
            throw new DeserializationException();
        }
    }

    private static object Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => Table(element),
        JsonValueKind.Array => List(element),
        JsonValueKind.String => Text(element.GetString()),
        JsonValueKind.Number => Number(element.GetRawText()),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static Hashtable Table(JsonElement element)
    {
        var table = new Hashtable();
        foreach (JsonProperty member in element.EnumerateObject())
        {
            // A name that comes twice: the device's Add throws.
            if (table.ContainsKey(member.Name))
            {
                throw new DeserializationException();
            }

            table.Add(member.Name, Value(member.Value));
        }

        return table;
    }

    private static ArrayList List(JsonElement element)
    {
        var list = new ArrayList();
        foreach (JsonElement item in element.EnumerateArray())
        {
            list.Add(Value(item));
        }

        return list;
    }

    private static object Text(string text) =>
        DateTime.TryParseExact(text, _timeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out DateTime time)
        || IsCalendarTime(text, out time)
            ? time
            : text;

    /// <summary>Any text that begins as yyyyMMdd?HHmmss is a time to the device, whatever follows.</summary>
    private static bool IsCalendarTime(string text, out DateTime time)
    {
        time = default;
        return text.Length >= CalendarTimeLength
            && DateTime.TryParseExact(text[..8] + text[9..15], "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }

    private static object Number(string text) =>
        text.AsSpan().IndexOfAny('.', 'e', 'E') >= 0 ? (object)double.Parse(text, CultureInfo.InvariantCulture)
        : int.TryParse(text, CultureInfo.InvariantCulture, out int small) ? (object)small
        : long.TryParse(text, CultureInfo.InvariantCulture, out long large) ? (object)large
        : ulong.TryParse(text, CultureInfo.InvariantCulture, out ulong huge) ? huge
        : throw new DeserializationException();

    private static void RefuseEscapes(string text)
    {
        for (int i = text.IndexOf('\\'); i >= 0 && i + 1 < text.Length; i = text.IndexOf('\\', i + 2))
        {
            bool readable = text[i + 1] == 'u' ? IsReadableUnicode(text.AsSpan(i + 2)) : text[i + 1] != '/';
            if (!readable)
            {
                throw new DeserializationException();
            }
        }
    }

    /// <summary>The device reads the second digit in place of the first, and knows the digits of a decimal number only.</summary>
    private static bool IsReadableUnicode(ReadOnlySpan<char> digits) =>
        digits.Length >= 4 && digits[0] == digits[1] && digits[..4].IndexOfAnyExcept("0123456789eE") < 0;
}
