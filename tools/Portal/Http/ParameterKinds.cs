using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayAgent.Protocol;
using Microsoft.OpenApi;

namespace GatewayAgent.Portal.Http;

/// <summary>A whole number.</summary>
internal sealed class NumberParameter(string name, long least, long most, long? standard, string description) : Parameter<long?>(name, description)
{
    public override JsonNode Example => JsonValue.Create(standard ?? most);

    public override OpenApiSchema Schema() => new()
    {
        Type = JsonSchemaType.Integer,
        Format = "int64",
        Minimum = least.ToString(CultureInfo.InvariantCulture),
        Maximum = most.ToString(CultureInfo.InvariantCulture),
        Default = standard is { } number ? JsonValue.Create(number) : null,
    };

    protected override bool TryRead(string text, out long? value, [NotNullWhen(false)] out string? expected)
    {
        bool isNumber = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number);
        value = number;
        expected = isNumber && number >= least && number <= most ? null : string.Create(CultureInfo.InvariantCulture, $"a whole number within {least}–{most}");
        return expected == null;
    }
}

/// <summary><c>true</c> or <c>false</c>.</summary>
internal sealed class FlagParameter(string name, string description) : Parameter<bool?>(name, description)
{
    public override JsonNode Example => JsonValue.Create(true);

    public override OpenApiSchema Schema() => new() { Type = JsonSchemaType.Boolean, Default = JsonValue.Create(false) };

    protected override bool TryRead(string text, out bool? value, [NotNullWhen(false)] out string? expected)
    {
        (value, expected) = text switch { "true" => (true, null), "false" => (false, null), _ => ((bool?)null, "true or false") };
        return expected == null;
    }
}

/// <summary>One of an enumeration, in camel case.</summary>
internal sealed class ChoiceParameter<T>(string name, T? standard, string description) : Parameter<T?>(name, description)
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> _choices = Enum.GetValues<T>().ToDictionary(value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));

    public override JsonNode Example => JsonValue.Create(_choices.First(choice => standard == null || choice.Value.Equals(standard)).Key);

    public override OpenApiSchema Schema() => new()
    {
        Type = JsonSchemaType.String,
        Enum = [.. _choices.Keys.Select(key => JsonValue.Create(key))],
        Default = standard == null ? null : Example,
    };

    protected override bool TryRead(string text, out T? value, [NotNullWhen(false)] out string? expected)
    {
        bool isKnown = _choices.TryGetValue(text, out T known);
        (value, expected) = isKnown ? (known, null) : ((T?)null, $"one of {string.Join(", ", _choices.Keys)}");
        return isKnown;
    }
}

/// <summary>Several of a list of words, separated by commas.</summary>
internal sealed class WordsParameter(string name, IReadOnlyList<string> choices, int most, string description) : Parameter<IReadOnlyList<string>>(name, description)
{
    public override JsonNode Example => JsonValue.Create(choices[0]);

    public override OpenApiSchema Schema()
    {
        string word = $"({string.Join('|', choices)})";
        return new OpenApiSchema { Type = JsonSchemaType.String, Pattern = $"^{word}(,{word}){{0,{most - 1}}}$" };
    }

    protected override bool TryRead(string text, [MaybeNullWhen(false)] out IReadOnlyList<string> value, [NotNullWhen(false)] out string? expected)
    {
        string[] words = text.Split(',');
        value = words;
        expected = words.Length <= most && words.All(choices.Contains) && words.Distinct().Count() == words.Length
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"1–{most} of {string.Join(", ", choices)}, each once, separated by commas");
        return expected == null;
    }
}

/// <summary>The name of a home or a node, or the beginning of one.</summary>
internal sealed class IdParameter(string name, string example, string description) : Parameter<string>(name, description)
{
    public override JsonNode Example => JsonValue.Create(example);

    public override OpenApiSchema Schema() => new() { Type = JsonSchemaType.String, Pattern = "^[A-Za-z0-9._-]{1,64}$" };

    protected override bool TryRead(string text, [MaybeNullWhen(false)] out string value, [NotNullWhen(false)] out string? expected)
    {
        value = text;
        expected = Topics.IsId(text) ? null : $"1–{Topics.MaxIdLength} of A-Z a-z 0-9 . _ -";
        return expected == null;
    }
}

/// <summary>A moment with its offset from UTC (RFC 3339).</summary>
internal sealed class MomentParameter(string name, string description) : Parameter<DateTimeOffset?>(name, description)
{
    private static readonly string[] _formats = ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    public override JsonNode Example => JsonValue.Create("2026-11-17T19:30:00Z");

    public override OpenApiSchema Schema() => new() { Type = JsonSchemaType.String, Format = "date-time" };

    protected override bool TryRead(string text, out DateTimeOffset? value, [NotNullWhen(false)] out string? expected)
    {
        bool isMoment = DateTimeOffset.TryParseExact(
            text, _formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset moment);
        value = moment;
        expected = isMoment && moment.Year is >= 2000 and < 2200 ? null : "a moment of the years 2000–2199 as 2026-11-17T19:30:00Z";
        return expected == null;
    }
}
