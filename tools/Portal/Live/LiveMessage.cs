using System.Text.Json;
using GatewayAgent.Collector.Store;
using GatewayAgent.Portal.Documents;
using GatewayAgent.Portal.Http;

namespace GatewayAgent.Portal.Live;

/// <summary>Something that happened, for those who look on.</summary>
/// <param name="Type"><c>event</c>: a node noticed something; <c>home</c>: the assessment of a home has changed.</param>
/// <param name="Home">Whose it is: others do not see it.</param>
/// <param name="Data">JSON, as the API says it elsewhere.</param>
internal sealed record LiveMessage(string Type, string Home, string Data)
{
    /// <summary>Number in the order of this process; given by the feed.</summary>
    public long Number { get; init; }

    public static LiveMessage Of(NodeEvent e) => new("event", e.Home, JsonSerializer.Serialize(EventDocument.Of(e), PortalJson.Options));

    public static LiveMessage Of(HomeSummary home) => new("home", home.Home, JsonSerializer.Serialize(HomeRow.Of(home), PortalJson.Options));
}
