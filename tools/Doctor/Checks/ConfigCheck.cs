using System.Text.Json;
using System.Text.Json.Nodes;

namespace GatewayAgent.Doctor.Checks;

/// <summary>The node runs on the configuration it was given.</summary>
internal sealed class ConfigCheck() : Check("configuration")
{
    private const string Again = "correct it, give it a higher version, and set it again: ./gw config --set (fields: docs/configuration.md)";

    public override Verdict Judge(Evidence evidence)
    {
        if (evidence.Talk is not { State: not null } talk)
        {
            return Verdict.Unknown("the node is not at the broker");
        }

        JsonObject? desired = Read(talk.Desired);
        return talk.Config is { Status: "refused" or "rolled-back" } answer
                ? Verdict.Wrong(
                    answer.Status == "refused" ? $"the node refuses its configuration: {answer.Reason}" : $"the node has gone back to its configuration before: {answer.Reason}",
                    $"config/state: {answer}",
                    Again)
            : Version(desired) is { } given && evidence.IsOnline && talk.Config?.Version != given
                ? Verdict.Wrong(
                    $"the node has not taken configuration {given}",
                    $"the broker keeps it; config/state: {talk.Config?.ToString() ?? "nothing"}",
                    "if this stays so for minutes, the node may not read gw/v1/HOME/NODE/config: see the broker's access list")
            : OtherWindow(evidence, desired) ?? (talk.Config == null ? Verdict.Fine("none was given, or none is told: it runs as provisioned") : Verdict.Fine(talk.Config.ToString()));
    }

    // Asked for by the configuration that is applied, otherwise by what was provisioned.
    private static Verdict? OtherWindow(Evidence evidence, JsonObject? desired)
    {
        if (evidence.Talk!.State is not { WindowS: > 0 } state)
        {
            return null;
        }

        (uint? asked, string by) = Number(desired, "windowSeconds") is { } seconds
            ? ((uint)seconds, "windowSeconds of the configuration at the broker")
            : evidence.Talk.Config is { Applied: > 0 } || desired != null
                ? (null, "")
                : ((uint?)evidence.Files?.Settings?.WindowSeconds, "windowSeconds in agent.json");
        return asked == null || asked == state.WindowS ? null : Verdict.Wrong(
            $"the node's windows are {state.WindowS} s long, and {asked} s were asked for",
            $"its birth message, and {by}",
            by.StartsWith("windowSeconds in", StringComparison.Ordinal) ? "copy the files to the board, or give the length as a configuration: ./gw config --set" : "./gw config shows what became of it");
    }

    private static int? Version(JsonObject? config) => Number(config, "version");

    private static int? Number(JsonObject? config, string name) =>
        config?[name] is JsonValue value && value.TryGetValue(out int number) ? number : null;

    private static JsonObject? Read(string? text)
    {
        try
        {
            return text == null ? null : JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
