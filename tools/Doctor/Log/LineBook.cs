using System.Text.RegularExpressions;

namespace GatewayAgent.Doctor.Log;

/// <summary>Knows what boards say: the chip's boot code, ESP-IDF's panic handler, nanoFramework's runtime, and the agent.</summary>
internal static class LineBook
{
    private static readonly (Regex Form, Func<Match, LineMeaning> Meaning)[] _rules = [.. ChipLines.Rules, .. RuntimeLines.Rules, .. AgentLines.Rules];

    public static LineMeaning Explain(string line)
    {
        foreach ((Regex form, Func<Match, LineMeaning> meaning) in _rules)
        {
            if (form.Match(line) is { Success: true } match)
            {
                return meaning(match);
            }
        }

        return LineMeaning.Unknown;
    }

    internal static (Regex Form, Func<Match, LineMeaning> Meaning) Rule(string form, Func<Match, LineMeaning> meaning) =>
        (new Regex(form, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture), meaning);

    internal static (Regex Form, Func<Match, LineMeaning> Meaning) Rule(string form, LineLevel level, Stage stage, string meaning, string? todo = null) =>
        Rule(form, _ => new LineMeaning(level, stage, meaning, todo));
}
