using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace GatewayAgent.Gw.Commands;

/// <summary>Options that several commands have, and numbers with a range.</summary>
internal static class CommonOptions
{
    /// <summary>A store that is to be made, as a file.</summary>
    public static Option<string> NewStore(string description) => new("--db", "--store") { Description = description, HelpName = "FILE" };

    /// <summary>A store of any kind.</summary>
    public static Option<string> Store(string description) => new("--db", "--store")
    {
        Description = $"{description}: a file, or postgres://USER@HOST/DATABASE",
        HelpName = "STORE",
        Required = true,
    };

    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>, in the notation of the invariant culture.</summary>
    public static Option<T> Number<T>(string name, string description, T least, T most, T standard)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = $"{least}–{most}",
            DefaultValueFactory = _ => standard,
            CustomParser = result => Parse(result, name, least, most),
        };

    /// <summary>As <see cref="Number"/>, null when it is not given.</summary>
    public static Option<T?> OptionalNumber<T>(string name, string description, T least, T most)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = $"{least}–{most}",
            CustomParser = result => Parse(result, name, least, most),
        };

    /// <summary>One of some words, of which an error names what was typed.</summary>
    public static Option<string> Choice(string name, string description, string helpName, IReadOnlyList<string> choices)
    {
        var option = new Option<string>(name) { Description = description, HelpName = helpName, DefaultValueFactory = _ => choices[0] };
        option.CompletionSources.Add([.. choices]);
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !choices.Contains(result.Tokens[0].Value))
            {
                result.AddError($"{name}: '{result.Tokens[0].Value}' is not one of {string.Join(", ", choices)}");
            }
        });
        return option;
    }

    private static T Parse<T>(ArgumentResult result, string name, T least, T most)
        where T : struct, INumber<T>
    {
        string typed = result.Tokens[0].Value;
        if (!T.TryParse(typed, CultureInfo.InvariantCulture, out T value) || value < least || value > most)
        {
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name}: '{typed}' is not a number within {least}–{most}"));
        }

        return value;
    }
}
