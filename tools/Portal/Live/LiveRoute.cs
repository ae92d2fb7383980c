using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using GatewayAgent.Portal.Access;
using GatewayAgent.Portal.Api;
using GatewayAgent.Portal.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GatewayAgent.Portal.Live;

/// <summary>What happens, as server-sent events.</summary>
internal sealed class LiveRoute(LiveFeed feed, AccessGate gate, TimeProvider clock)
{
    public const string Path = ApiRoutes.Root + "/live";

    private const string Description =
        "Server-sent events. `hello` begins: `missed` is true when what came after `Last-Event-ID` is no longer known, so that the client "
        + "should read all anew. `event`: a node noticed something, as in /events. `home`: the assessment of a home has changed, as in /homes. "
        + "`heartbeat` every 15 seconds. A client that does not read is let go, and a stream ends with its token or login.";

    public void Map(RouteGroupBuilder api) => api.MapGet("/live", Follow)
        .Needs(Role.Viewer)
        .Takes()
        .WithMetadata(new IsStream())
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
        return TypedResults.ServerSentEvents(Stream(subscription, () => gate.StillAdmits(context)));
    }

    private async IAsyncEnumerable<SseItem<string>> Stream(
        LiveSubscription subscription, Func<bool> isAdmitted, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        yield return new SseItem<string>(JsonSerializer.Serialize(new { missed = subscription.HasMissed }, PortalJson.Options), "hello");
        foreach (LiveMessage message in subscription.Resumed)
        {
            yield return Item(message);
        }

        for (Task<bool>? next = null; ;)
        {
            next ??= subscription.Messages.WaitToReadAsync(cancel).AsTask();
            bool hasCome = await HasCome(next, cancel);
            if (cancel.IsCancellationRequested || !isAdmitted() || (hasCome && !await next))
            {
                yield break;
            }

            if (!hasCome)
            {
                yield return new SseItem<string>(JsonSerializer.Serialize(new { at = clock.GetUtcNow() }, PortalJson.Options), "heartbeat");
                continue;
            }

            next = null;
            while (subscription.Messages.TryRead(out LiveMessage? message))
            {
                yield return Item(message);
            }
        }
    }

    // False when nothing came for so long that a heartbeat is due. The same waiting goes on then: a new one each time would pile up.
    private async Task<bool> HasCome(Task next, CancellationToken cancel)
    {
        await next.WaitAsync(PortalLimits.LiveHeartbeat, clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return next.IsCompleted;
    }

    private SseItem<string> Item(LiveMessage message) => new(message.Data, message.Type) { EventId = feed.IdOf(message) };
}

/// <summary>A route whose answer has no end.</summary>
internal sealed record IsStream;
