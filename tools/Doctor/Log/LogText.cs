using System.Globalization;

namespace GatewayAgent.Doctor.Log;

/// <summary>A line of a board for people: the time, how bad it is, the line, and what it means.</summary>
/// <param name="clock">Tells the time of day.</param>
/// <param name="hasColours">Of a terminal.</param>
public sealed class LogText(TimeProvider clock, bool hasColours)
{
    private const string Red = "\x1B[31m", Yellow = "\x1B[33m", Dim = "\x1B[2m", End = "\x1B[0m", Indent = "                 ";

    public string Of(string line)
    {
        LineMeaning meaning = LineBook.Explain(line);
        string time = clock.GetLocalNow().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        string text = $"{time}  {Mark(meaning.Level)}  {Coloured(line, meaning.Level)}";
        return meaning.Meaning.Length == 0 ? text : $"{text}\n{Indent}{Coloured($"→ {meaning.Meaning}{(meaning.Todo == null ? "" : $". {Sentence(meaning.Todo)}")}", LineLevel.Info)}";
    }

    private static char Mark(LineLevel level) => level switch
    {
        LineLevel.Error => 'E',
        LineLevel.Warning => 'W',
        LineLevel.Info => 'i',
        _ => ' ',
    };

    private static string Sentence(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    private string Coloured(string text, LineLevel level)
    {
        string? colour = !hasColours ? null : level switch
        {
            LineLevel.Error => Red,
            LineLevel.Warning => Yellow,
            LineLevel.Info => Dim,
            _ => null,
        };
        return colour == null ? text : colour + text + End;
    }
}
