using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace nanoFramework.Json;

/// <summary>
/// Writes as the device does: public properties with a getter, enums as numbers, a number or other struct at the top inside brackets. Only the
/// characters the device knows are escaped, so other control characters make a text that is not JSON, as there.
/// </summary>
public class JsonSerializer
{
    private JsonSerializer()
    {
    }

    public static string SerializeObject(object o, bool topObject = true)
    {
        var text = new StringBuilder();
        bool bare = topObject && o?.GetType().BaseType == typeof(ValueType);
        _ = bare ? text.Append('[') : text;
        Append(text, o);
        _ = bare ? text.Append(']') : text;
        return text.ToString();
    }

    private static void Append(StringBuilder text, object value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case string or char or Guid or TimeSpan:
                AppendString(text, value.ToString());
                break;
            case bool flag:
                text.Append(flag ? "true" : "false");
                break;
            case DateTime time:
                text.Append('"').Append(time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture)).Append('"');
                break;
            case Enum:
                text.Append(((Enum)value).ToString("D"));
                break;
            case IFormattable number:
                text.Append(number.ToString(null, CultureInfo.InvariantCulture));
                break;
            case IDictionary table:
                AppendMembers(text, table);
                break;
            case IEnumerable items:
                AppendItems(text, items);
                break;
            default:
                AppendMembers(text, Properties(value));
                break;
        }
    }

    private static Hashtable Properties(object value)
    {
        var table = new Hashtable();
        foreach (PropertyInfo property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetMethod is { IsPublic: true })
            {
                table.Add(property.Name, property.GetValue(value));
            }
        }

        return table;
    }

    private static void AppendMembers(StringBuilder text, IDictionary table)
    {
        char separator = '{';
        foreach (DictionaryEntry entry in table)
        {
            text.Append(separator).Append('"').Append(entry.Key).Append("\":");
            Append(text, entry.Value);
            separator = ',';
        }

        _ = separator == '{' ? text.Append("{}") : text.Append('}');
    }

    private static void AppendItems(StringBuilder text, IEnumerable items)
    {
        char separator = '[';
        foreach (object item in items)
        {
            text.Append(separator);
            Append(text, item);
            separator = ',';
        }

        _ = separator == '[' ? text.Append("[]") : text.Append(']');
    }

    private static void AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char c in value)
        {
            string escape = c switch
            {
                '\n' => "\\n",
                '\r' => "\\r",
                '\b' => "\\b",
                '\f' => "\\f",
                '\t' => "\\t",
                '\\' => "\\\\",
                '"' => "\\\"",
                _ => null,
            };
            _ = escape == null ? text.Append(c) : text.Append(escape);
        }

        text.Append('"');
    }
}
