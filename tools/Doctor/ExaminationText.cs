using System.Text;

namespace GatewayAgent.Doctor;

/// <summary>An examination for people in a hurry: what is wrong first, how that is known, what to do; then the rest.</summary>
public static class ExaminationText
{
    public static string Of(Examination examination)
    {
        var text = new StringBuilder();
        if (examination.First is { } first)
        {
            text.Append(HeadLine(examination)).Append('\n');
            text.Append($"  how it is known: {Plain(first.Verdict.Known)}\n  what to do:      {Plain(first.Verdict.Todo)}\n");
        }
        else
        {
            text.Append(HeadLine(examination)).Append('\n');
        }

        Append(text, "Wrong as well, perhaps for the same reason:", examination.Of(Outcome.Wrong).Skip(1));
        Append(text, "Fine:", examination.Of(Outcome.Fine));
        Append(text, "Not checked:", examination.Of(Outcome.Unknown));
        return text.ToString();
    }

    /// <summary>What is wrong first, in a line.</summary>
    public static string HeadLine(Examination examination) => examination.First is { } first
        ? $"{first.Check}: {Plain(first.Verdict.Text)}"
        : examination.Of(Outcome.Fine).Any() ? $"{examination.Subject}: nothing wrong was found" : $"{examination.Subject}: nothing could be checked";

    // Nodes, brokers and certificates are quoted: nothing of that is for the terminal to obey.
    private static string Plain(string? text) => string.Concat((text ?? "").Select(c => char.IsControl(c) ? '\uFFFD' : c));

    private static void Append(StringBuilder text, string title, IEnumerable<Finding> findings)
    {
        Finding[] all = [.. findings];
        if (all.Length == 0)
        {
            return;
        }

        int width = all.Max(finding => finding.Check.Length);
        text.Append('\n').Append(title).Append('\n');
        foreach (Finding finding in all)
        {
            text.Append($"  {finding.Check.PadRight(width)}  {Plain(finding.Verdict.Text)}\n");
        }
    }
}
