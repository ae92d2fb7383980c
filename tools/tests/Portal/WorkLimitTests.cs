using GatewayAgent.Portal;
using GatewayAgent.Portal.Access;
using GatewayAgent.Portal.Api;
using GatewayAgent.Portal.Http;
using GatewayAgent.Portal.Live;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GatewayAgent.Tests.Portal;

public sealed class WorkLimitTests : IDisposable
{
    private readonly WorkLimits _limits = new();
    private readonly TaskCompletionSource<object?> _done = new();

    public void Dispose() => _limits.Dispose();

    [Fact]
    public async Task One_token_leaves_room_for_others()
    {
        List<Task<object?>> own = [.. Enumerable.Range(0, PortalLimits.MaxRequestsOfToken + PortalLimits.MaxWaitingRequestsOfToken).Select(_ => Work("acme"))];

        object? refused = await Work("acme");
        object? others = await Work("zen", Task.FromResult<object?>("made"));

        Assert.Equal(503, Assert.IsType<ProblemHttpResult>(refused).StatusCode);
        Assert.Equal("made", others);
        _done.SetResult("late");
        Assert.All(await Task.WhenAll(own), made => Assert.Equal("late", made));
    }

    [Fact]
    public async Task An_export_counts_until_its_answer_is_over()
    {
        var slow = new List<EndingResponse>();
        for (int i = 0; i < PortalLimits.MaxExportsOfToken; i++)
        {
            slow.Add(new EndingResponse());
            Assert.Equal("made", await Work("acme", Task.FromResult<object?>("made"), new IsExport(), slow[^1]));
        }

        Task<object?> waiting = Work("acme", Task.FromResult<object?>("next"), new IsExport());
        object? others = await Work("zen", Task.FromResult<object?>("theirs"), new IsExport());
        bool hasWaited = !waiting.IsCompleted;
        slow[0].End();

        Assert.Equal(("theirs", true, "next"), (others, hasWaited, await waiting));
    }

    [Fact]
    public async Task Streams_are_not_counted()
    {
        List<Task<object?>> streams = [.. Enumerable.Range(0, 1000).Select(_ => Work("acme", metadata: new IsStream()))];

        Assert.Equal("made", await Work("acme", Task.FromResult<object?>("made")));
        _done.SetResult(null);
        await Task.WhenAll(streams);
    }

    private Task<object?> Work(string token, Task<object?>? work = null, object? metadata = null, EndingResponse? response = null)
    {
        var context = new DefaultHttpContext();
        context.SetEndpoint(new Endpoint(null, metadata == null ? EndpointMetadataCollection.Empty : new EndpointMetadataCollection(metadata), null));
        context.Items[typeof(Grant)] = new Grant(token, Role.Viewer, null);
        context.Features.Set<Microsoft.AspNetCore.Http.Features.IHttpResponseFeature>(response ?? new EndingResponse());
        return _limits.Take(EndpointFilterInvocationContext.Create(context), _ => new ValueTask<object?>(work ?? _done.Task)).AsTask();
    }

    /// <summary>A response whose end a test says.</summary>
    private sealed class EndingResponse : Microsoft.AspNetCore.Http.Features.HttpResponseFeature
    {
        private readonly List<Func<Task>> _atEnd = [];

        public override void OnCompleted(Func<object, Task> callback, object state) => _atEnd.Add(() => callback(state));

        public void End() => _atEnd.ForEach(callback => callback().GetAwaiter().GetResult());
    }
}
