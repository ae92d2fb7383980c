namespace GatewayAgent.Doctor;

/// <summary>What came of a check.</summary>
public enum Outcome
{
    Fine,
    Wrong,

    /// <summary>It could not be looked at: nothing is said of it.</summary>
    Unknown,
}

/// <summary>What a check found.</summary>
/// <param name="Text">In a line: what is wrong, what is fine, or why it is not known.</param>
/// <param name="Known">When it is wrong: how that is known.</param>
/// <param name="Todo">When it is wrong: what to do.</param>
public sealed record Verdict(Outcome Outcome, string Text, string? Known = null, string? Todo = null)
{
    internal static Verdict Fine(string text) => new(Outcome.Fine, text);

    internal static Verdict Wrong(string text, string known, string todo) => new(Outcome.Wrong, text, known, todo);

    internal static Verdict Unknown(string why) => new(Outcome.Unknown, why);
}
