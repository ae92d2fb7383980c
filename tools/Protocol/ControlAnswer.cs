using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace GatewayAgent.Protocol;

/// <summary>What a node answers to a configuration (<c>config/state</c>) or a command (<c>cmd/result</c>).</summary>
/// <param name="Status">Of a configuration applied, trial, refused or rolled-back; of a command done, accepted, refused, expired or unknown.</param>
/// <param name="Reason">Null when none is given.</param>
/// <param name="Version">Of the configuration it is about; null when the node could not read it, or it is about a command.</param>
/// <param name="Applied">Version that the node comes back to, 0 = as provisioned; null when it is about a command.</param>
/// <param name="Id">Of the command, empty when the node could not read it; null when it is about a configuration.</param>
/// <param name="Command">Name of the command, likewise.</param>
public sealed record ControlAnswer(string Status, string? Reason, long? Version, long? Applied, string? Id, string? Command)
{
    /// <summary>Longest payload that is taken; a node sends at most 512 bytes.</summary>
    public const int MaxBytes = 1024;

    private static readonly JsonDocumentOptions _options = new() { MaxDepth = 2 };

    /// <summary>In use and confirmed, or carried out, or about to be.</summary>
    public bool IsGood => Status is "applied" or "done" or "accepted";

    /// <summary>Reads an answer; false with the reason when it is none. Whatever its bytes are, nothing is thrown.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> payload, [NotNullWhen(true)] out ControlAnswer? answer, [NotNullWhen(false)] out string? problem)
    {
        answer = null;
        problem = payload.Length > MaxBytes ? $"{payload.Length} bytes, at most {MaxBytes} are taken" : null;
        if (problem != null)
        {
            return false;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(payload, _options);
            JsonElement root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && Text(root, "status") is { } status)
            {
                answer = new ControlAnswer(
                    status, Text(root, "reason"), Number(root, "version"), Number(root, "applied"), Text(root, "id"), Text(root, "cmd"));
                return true;
            }

            problem = "no object with a status";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            problem = "not JSON";
        }

        return false;
    }

    /// <summary>As a line, for people.</summary>
    public override string ToString()
    {
        string about = Id == null ? Version is { } version ? $"version {version}" : "what was sent" : $"{Command} {Id}".Trim();
        string fallBack = Id != null || IsGood ? "" : $" (version {Applied} is applied)";
        return $"{about}: {Status}{(Reason == null ? "" : $": {Reason}")}{fallBack}";
    }

    // A line of a log is one line, whatever a node says.
    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? string.Concat(value.GetString()!.Select(c => char.IsControl(c) ? '?' : c))
            : null;

    private static long? Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) ? number : null;
}
