using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using GatewayAgent.Portal.Access;
using GatewayAgent.Portal.Api;
using GatewayAgent.Portal.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GatewayAgent.Portal.Live;

/// <summary>What happens, as server-sent events.</summary>
internal sealed class LiveRoute(LiveFeed feed, TimeProvider clock)
{
    private const string Description =
        "Server-sent events. `hello` begins: `missed` is true when what came after `Last-Event-ID` is no longer known, so that the client "
        + "should read all anew. `event`: a node noticed something, as in /events. `home`: the assessment of a home has changed, as in /homes. "
        + "`heartbeat` every 15 seconds. A client that does not read is let go.";

    public void Map(RouteGroupBuilder api) => api.MapGet("/live", Follow)
        .Needs(Role.Viewer)
        .Takes()
        .DisableRateLimiting()
        .DocumentedText("Live", Description, "text/event-stream", Examples.LiveStream);

    private IResult Follow(HttpContext context)
    {
        string? lastId = context.Request.Headers["Last-Event-ID"].FirstOrDefault();
        LiveSubscription? subscription = feed.Subscribe(context.Grant(), lastId, context.Abort);
        if (subscription == null)
        {
            return ProblemType.TooManyStreams.With("Close one of them.");
        }

        context.Response.RegisterForDispose(subscription);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.ServerSentEvents(Stream(subscription));
    }

    private async IAsyncEnumerable<SseItem<string>> Stream(LiveSubscription subscription, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        yield return new SseItem<string>(JsonSerializer.Serialize(new { missed = subscription.HasMissed }, PortalJson.Options), "hello");
        foreach (LiveMessage message in subscription.Resumed)
        {
            yield return Item(message);
        }

        while (true)
        {
            bool? hasMore = await WaitToRead(subscription.Messages, cancel);
            if (hasMore == null)
            {
                yield return new SseItem<string>(JsonSerializer.Serialize(new { at = clock.GetUtcNow() }, PortalJson.Options), "heartbeat");
            }
            else if (hasMore == false)
            {
                yield break;
            }

            while (subscription.Messages.TryRead(out LiveMessage? message))
            {
                yield return Item(message);
            }
        }
    }

    // Null when nothing came for so long that a heartbeat is due.
    private async Task<bool?> WaitToRead(ChannelReader<LiveMessage> messages, CancellationToken cancel)
    {
        try
        {
            return await messages.WaitToReadAsync(cancel).AsTask().WaitAsync(PortalLimits.LiveHeartbeat, clock, cancel);
        }
        catch (TimeoutException)
        {
            return null;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private SseItem<string> Item(LiveMessage message) => new(message.Data, message.Type) { EventId = feed.IdOf(message) };
}
