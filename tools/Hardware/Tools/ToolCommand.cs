namespace GatewayAgent.Hardware.Tools;

/// <summary>A program with its arguments, as it is run or typed.</summary>
/// <param name="Program">Name or path.</param>
/// <param name="Arguments">As the program gets them.</param>
/// <param name="Folder">Where it is run; null = here.</param>
public sealed record ToolCommand(string Program, IReadOnlyList<string> Arguments, string? Folder = null)
{
    private const string Plain = "-_./:=,@+%";

    /// <summary>A line that a shell takes.</summary>
    public string ToShell()
    {
        string line = string.Join(' ', Arguments.Prepend(Program).Select(Quote));
        return Folder == null ? line : $"(cd {Quote(Folder)} && {line})";
    }

    /// <summary>An argument as a shell wants it: in quotes when there is anything in it that a shell would take for its own.</summary>
    public static string Quote(string argument) =>
        argument.Length > 0 && argument.All(c => char.IsAsciiLetterOrDigit(c) || Plain.Contains(c, StringComparison.Ordinal))
            ? argument
            : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}

/// <summary>What a program left behind.</summary>
/// <param name="ExitCode">Of the process; on Unix only its low eight bits are there.</param>
/// <param name="Lines">What it printed, and after that what it said on its error stream; a line that was overwritten (\r) is a line of its own.</param>
public sealed record ToolResult(int ExitCode, IReadOnlyList<string> Lines);
