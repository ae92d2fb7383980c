using Google.Protobuf;

namespace GatewayAgent.Protocol;

/// <summary>A payload as it was read: the message as far as it could be parsed, and what is wrong with it.</summary>
/// <typeparam name="T">Message of the contract.</typeparam>
/// <param name="Message">Null when the payload is too long or no such message.</param>
/// <param name="Problems">Empty when all is well.</param>
public record Reading<T>(T? Message, IReadOnlyList<Problem> Problems)
    where T : class, IMessage<T>
{
    public bool IsSound => Message != null && Problems.Count == 0;

    /// <summary>All problems in one line.</summary>
    public string Reason => string.Join("; ", Problems);
}

/// <summary>A report that was read.</summary>
/// <param name="Rows">The rows of its survey; those before the fault when they are malformed.</param>
/// <param name="KeyIsSound">Boot, sequence range, backlog and window hold, so the report can be told from others even when the rest is wrong.</param>
public sealed record ReportReading(Report? Message, IReadOnlyList<HeardRow> Rows, IReadOnlyList<Problem> Problems, bool KeyIsSound)
    : Reading<Report>(Message, Problems);
