using System.Text.Json;
using GatewayAgent.Portal.Http;

namespace GatewayAgent.Portal.Webhooks;

/// <summary>How far an endpoint has been told.</summary>
/// <param name="LastEvent">Key of the last event that needs no more telling.</param>
/// <param name="Worse">Homes that it knows to have got worse.</param>
/// <param name="Pending">What it is being told, so that a restart tells it the same.</param>
internal sealed record WebhookPosition(long LastEvent, IReadOnlyList<string> Worse, WebhookMessage? Pending)
{
    /// <summary>Null when there is none yet.</summary>
    /// <exception cref="PortalException">There is one that cannot be read: going on from elsewhere would lose or repeat messages.</exception>
    public static WebhookPosition? Load(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<WebhookPosition>(File.ReadAllBytes(path), PortalJson.Options) : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new PortalException($"{path}: {e.Message}. Remove it to begin with what happens from now on", e);
        }
    }

    // Written beside and moved over: a kill leaves the old position or the new one.
    public void Save(string path)
    {
        string next = path + ".new";
        File.WriteAllBytes(next, JsonSerializer.SerializeToUtf8Bytes(this, PortalJson.Options));
        File.Move(next, path, overwrite: true);
    }
}
