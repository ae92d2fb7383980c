using System.Text.Json;
using GatewayAgent.Collector.Store;
using GatewayAgent.Portal.Documents;
using GatewayAgent.Portal.Http;

namespace GatewayAgent.Portal.Webhooks;

/// <summary>A message on its way: the same number and bytes at each attempt.</summary>
/// <param name="Id">By which a receiver knows a message that comes again.</param>
/// <param name="Home">Whose it is.</param>
/// <param name="Body">JSON: type, timestamp and data.</param>
internal sealed record WebhookMessage(string Id, WebhookKind Kind, string Home, string Body)
{
    public static WebhookMessage Of(NodeEvent e)
    {
        EventDocument data = EventDocument.Of(e);
        return new WebhookMessage($"event/{data.Id}", WebhookKind.Event, e.Home, BodyOf("event", e.ReceivedAt, data));
    }

    public static WebhookMessage Worse(HomeSummary home, DateTimeOffset now) =>
        new(IdOf("worse", home.Home, now), WebhookKind.HomeWorse, home.Home, BodyOf("home.worse", now, HomeRow.Of(home)));

    public static WebhookMessage Better(string home, DateTimeOffset now) =>
        new(IdOf("better", home, now), WebhookKind.HomeBetter, home, BodyOf("home.better", now, new { home }));

    private static string IdOf(string what, string home, DateTimeOffset now) => $"{what}/{home}/{now.ToUnixTimeMilliseconds()}";

    private static string BodyOf<T>(string type, DateTimeOffset at, T data) => JsonSerializer.Serialize(new { type, timestamp = at, data }, PortalJson.Options);
}
