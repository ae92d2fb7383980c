using System.Text.RegularExpressions;

namespace GatewayAgent.Tests.Gw.FirstHour;

/// <summary>A command of the page.</summary>
/// <param name="Commands">Lines for a shell.</param>
/// <param name="Terminal">Where it goes on running; null = it ends before the next.</param>
/// <param name="Ends">Terminals in which Ctrl-C is pressed before.</param>
/// <param name="ExitCode">With which it ends.</param>
/// <param name="Shown">What the page shows of its output, a pattern a line.</param>
/// <param name="Said">What it shows of terminals' output afterwards, likewise.</param>
internal sealed record WalkStep(
    string Commands, string? Terminal, IReadOnlyList<string> Ends, int ExitCode, IReadOnlyList<string> Shown, IReadOnlyList<(string Terminal, IReadOnlyList<string> Lines)> Said);

/// <summary>
/// A page that can be walked: its <c>sh</c> blocks are commands, the <c>text</c> block after one is what it prints, with … for what differs from run to
/// run. Comments before a block say what a person knows: <c>terminal 2</c>: it stays there; <c>ctrl-c 2</c>; <c>exit 1</c>; <c>not run</c>;
/// <c>says 4</c>: of a <c>text</c> block, that it is in that terminal.
/// </summary>
internal static partial class WalkPage
{
    public static IReadOnlyList<WalkStep> Read(string text)
    {
        var steps = new List<WalkStep>();
        var notes = new List<string>();
        bool isRun = false;
        foreach (Match part in Parts().Matches(text))
        {
            if (part.Groups["note"].Success)
            {
                notes.Add(part.Groups["note"].Value);
            }
            else if (part.Groups["kind"].Value == "sh")
            {
                isRun = !notes.Contains("not run");
                if (isRun)
                {
                    steps.Add(new WalkStep(part.Groups["body"].Value, Of(notes, "terminal").LastOrDefault(), [.. Of(notes, "ctrl-c")], int.Parse(Of(notes, "exit").LastOrDefault() ?? "0"), [], []));
                }

                notes.Clear();
            }
            else if (isRun)
            {
                string[] lines = [.. part.Groups["body"].Value.TrimEnd('\n').Split('\n').Select(Pattern)];
                steps[^1] = Of(notes, "says").LastOrDefault() is { } terminal ? steps[^1] with { Said = [.. steps[^1].Said, (terminal, lines)] } : steps[^1] with { Shown = lines };
                notes.Clear();
            }
        }

        return steps;
    }

    private static IEnumerable<string> Of(IEnumerable<string> notes, string word) =>
        notes.Where(note => note.StartsWith(word + " ", StringComparison.Ordinal)).Select(note => note[(word.Length + 1)..]);

    private static string Pattern(string line) => $"^{Regex.Escape(line).Replace("…", ".*", StringComparison.Ordinal)}$";

    [GeneratedRegex("^<!-- (?<note>[^\n]*?) -->$|^```(?<kind>sh|text)\n(?<body>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Parts();
}
