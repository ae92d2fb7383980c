using System.Net.ServerSentEvents;
using System.Text.Json;
using GatewayAgent.Collector.Store;
using GatewayAgent.Portal;
using GatewayAgent.Portal.Access;
using GatewayAgent.Portal.Live;

namespace GatewayAgent.Tests.Portal;

public sealed class LiveTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task What_nodes_notice_and_homes_that_change_are_told_as_they_happen()
    {
        using var portal = PortalFixture.Open();
        await using IAsyncEnumerator<SseItem<string>> stream = await Follow(portal, null);

        Assert.Equal("""hello {"missed":false}""", await Next(stream));
        await TellAndSee(portal, stream, 1, "acme-1");
        portal.Store.With("zen-1", SampleHome.Assessment("zen-1", 40) with { At = SampleHome.Now.AddMinutes(1) });
        SseItem<string> home = await NextItem(stream);

        Assert.Equal("home", home.EventType);
        Assert.Equal(("zen-1", 40), (Of(home, "home").GetString(), Of(home, "index").GetInt32()));
    }

    [Fact]
    public async Task A_tenant_is_told_of_its_own_homes_only()
    {
        using var portal = PortalFixture.WithTokens();
        string token = portal.Token("acme", Role.Viewer, "acme-");
        portal.Clock.Advance(TimeSpan.FromSeconds(3));
        await using IAsyncEnumerator<SseItem<string>> stream = await Follow(portal, token);
        await NextItem(stream);

        await TellAndSee(portal, stream, 10, "acme-1");
        portal.Store.Add(SampleHome.Event(11, "zen-1"));
        portal.Store.Add(SampleHome.Event(12, "acme-2"));

        Assert.Equal("acme-2", Of(await NextItem(stream), "home").GetString());
    }

    [Fact]
    public async Task A_stream_ends_with_its_token()
    {
        using var portal = PortalFixture.WithTokens();
        string token = portal.Token("acme", Role.Viewer, "acme-");
        portal.Clock.Advance(TimeSpan.FromSeconds(3));
        await using IAsyncEnumerator<SseItem<string>> stream = await Follow(portal, token);
        await NextItem(stream);
        await TellAndSee(portal, stream, 1, "acme-1");
        var rest = new TokenList([new TokenEntry("other", new string('0', 64), ["*"], Role.Viewer)]);
        File.WriteAllText(portal.TokenFile, JsonSerializer.Serialize(rest, ConfigJson.Options));
        File.SetLastWriteTimeUtc(portal.TokenFile, DateTime.UtcNow.AddMinutes(1));
        portal.Clock.Advance(TimeSpan.FromSeconds(3));
        portal.Store.Add(SampleHome.Event(2, "acme-1"));

        Assert.False(await stream.MoveNextAsync().AsTask().WaitAsync(_patience));
    }

    [Fact]
    public async Task A_stream_goes_on_when_other_tokens_come()
    {
        using var portal = PortalFixture.WithTokens();
        string token = portal.Token("acme", Role.Viewer, "acme-");
        portal.Clock.Advance(TimeSpan.FromSeconds(3));
        await using IAsyncEnumerator<SseItem<string>> stream = await Follow(portal, token);
        await NextItem(stream);
        portal.Token("zen", Role.Viewer, "zen-");
        File.SetLastWriteTimeUtc(portal.TokenFile, DateTime.UtcNow.AddMinutes(1));
        portal.Clock.Advance(TimeSpan.FromSeconds(3));

        await TellAndSee(portal, stream, 1, "acme-1");
    }

    [Fact]
    public async Task Much_news_at_once_drops_nobody_who_reads()
    {
        const int News = 2000;
        using var portal = PortalFixture.Open();
        await using IAsyncEnumerator<SseItem<string>> stream = await Follow(portal, null);
        await NextItem(stream);
        Assert.True(SpinWait.SpinUntil(() => portal.Store.HasBeenAskedForEvents, _patience));
        portal.Store.Add(Enumerable.Range(1, News).Select(key => SampleHome.Event(key, "acme-1")));

        for (int key = 1; key <= News; key++)
        {
            Assert.Equal(key, Of(await NextItem(stream), "key").GetInt32());
        }
    }

    [Fact]
    public async Task Who_comes_back_is_told_what_was_missed()
    {
        using var portal = PortalFixture.Open();
        string lastId;
        await using (IAsyncEnumerator<SseItem<string>> first = await Follow(portal, null))
        {
            await NextItem(first);
            lastId = (await TellAndSee(portal, first, 1, "acme-1")).EventId!;
            portal.Store.Add(SampleHome.Event(2, "acme-2"));
            await NextItem(first);
        }

        await using IAsyncEnumerator<SseItem<string>> second = await Follow(portal, null, ("Last-Event-ID", lastId));

        Assert.Equal("""hello {"missed":false}""", await Next(second));
        Assert.Equal(2, Of(await NextItem(second), "key").GetInt32());
    }

    [Theory]
    [InlineData("0-0")]
    [InlineData("'; DROP TABLE events; --")]
    [InlineData("00000000-99999999999999999999")]
    public async Task Who_comes_back_to_another_process_is_told_to_read_anew(string lastId)
    {
        using var portal = PortalFixture.Open();
        await using IAsyncEnumerator<SseItem<string>> stream = await Follow(portal, null, ("Last-Event-ID", lastId));

        Assert.Equal("""hello {"missed":true}""", await Next(stream));
    }

    [Fact]
    public async Task Streams_end_when_the_portal_does()
    {
        var portal = PortalFixture.Open();
        await using IAsyncEnumerator<SseItem<string>> stream = await Follow(portal, null);
        await NextItem(stream);
        Task closing = Task.Run(portal.Dispose);

        Assert.False(await stream.MoveNextAsync().AsTask().WaitAsync(_patience));
        await closing.WaitAsync(_patience);
    }

    [Fact]
    public void A_client_that_does_not_read_is_let_go_and_holds_nothing()
    {
        var feed = new LiveFeed();
        int letGo = 0;
        using LiveSubscription slow = feed.Subscribe(Grant.Local, null, () => letGo++)!;
        using LiveSubscription other = feed.Subscribe(new Grant("other", Role.Viewer, ["zen-"]), null, () => letGo++)!;
        for (int i = 0; i <= PortalLimits.LiveBacklog; i++)
        {
            Assert.Equal(0, letGo);
            feed.Publish(new LiveMessage("event", "acme-1", "{}"));
        }

        feed.Publish(new LiveMessage("event", "acme-1", "{}"));

        Assert.Equal((1, 1, 1), (letGo, feed.LetGo, feed.Clients));
        Assert.True(slow.Messages.Count <= PortalLimits.LiveBacklog);
    }

    [Fact]
    public void What_is_kept_for_those_who_come_back_is_bounded()
    {
        var feed = new LiveFeed();
        using LiveSubscription first = feed.Subscribe(Grant.Local, null, () => { })!;
        feed.Publish(new LiveMessage("event", "a", "1"));
        Assert.True(first.Messages.TryRead(out LiveMessage? seen));
        for (int i = 0; i < PortalLimits.LiveHistory; i++)
        {
            feed.Publish(new LiveMessage("event", "a", "2"));
        }

        using LiveSubscription justInTime = feed.Subscribe(Grant.Local, feed.IdOf(seen), () => { })!;
        feed.Publish(new LiveMessage("event", "a", "3"));
        using LiveSubscription late = feed.Subscribe(Grant.Local, feed.IdOf(seen), () => { })!;

        Assert.Equal((false, PortalLimits.LiveHistory), (justInTime.HasMissed, justInTime.Resumed.Count));
        Assert.Equal((true, 0), (late.HasMissed, late.Resumed.Count));
    }

    [Fact]
    public void A_token_has_so_many_streams_and_no_more()
    {
        var feed = new LiveFeed();
        List<LiveSubscription?> streams = [.. Enumerable.Range(0, PortalLimits.MaxLiveClientsOfToken).Select(_ => feed.Subscribe(Grant.Local, null, () => { }))];

        Assert.DoesNotContain(null, streams);
        Assert.Null(feed.Subscribe(Grant.Local, null, () => { }));
        Assert.NotNull(feed.Subscribe(new Grant("other", Role.Viewer, null), null, () => { }));
        streams[0]!.Dispose();
        Assert.NotNull(feed.Subscribe(Grant.Local, null, () => { }));
    }

    [Fact]
    public void A_home_is_told_when_its_assessment_says_something_else()
    {
        FakeStore store = new FakeStore().With("h1", SampleHome.Assessment("h1", 90));
        var changes = new HomeChanges(store, SampleHome.Now.AddHours(-1));

        Assert.Equal(["h1"], Names(changes.Next()));
        Assert.Empty(changes.Next());
        store.With("h1", SampleHome.Assessment("h1", 90.3) with { At = SampleHome.Now });
        Assert.Empty(changes.Next());
        store.With("h1", SampleHome.Assessment("h1", 60) with { At = SampleHome.Now.AddMinutes(1) });
        Assert.Equal(["h1"], Names(changes.Next()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void However_many_homes_change_at_once_each_is_told_once(int millisecondsApart)
    {
        var store = new FakeStore();
        string[] names = [.. Enumerable.Range(0, 1700).Select(i => $"h{i:d4}")];
        foreach ((string name, int i) in names.Select((name, i) => (name, i)))
        {
            store.With(name, SampleHome.Assessment(name) with { At = SampleHome.Now.AddMilliseconds(i * millisecondsApart) });
        }

        Assert.Equal(names, Names(new HomeChanges(store, SampleHome.Now).Next()));
    }

    private static IEnumerable<string> Names(IEnumerable<HomeSummary> homes) => homes.Select(home => home.Home);

    // The portal knows what is new from its first look on; until then an event may be taken for old.
    private static async Task<SseItem<string>> TellAndSee(PortalFixture portal, IAsyncEnumerator<SseItem<string>> stream, long key, string home)
    {
        Assert.True(SpinWait.SpinUntil(() => portal.Store.HasBeenAskedForEvents, _patience));
        portal.Store.Add(SampleHome.Event(key, home));
        SseItem<string> item = await NextItem(stream);
        Assert.Equal(("event", home), (item.EventType, Of(item, "home").GetString()));
        return item;
    }

    private static async Task<IAsyncEnumerator<SseItem<string>>> Follow(PortalFixture portal, string? token, params (string Name, string Value)[] headers)
    {
        HttpResponseMessage response = await portal.Get("/api/v1/live", token, headers);
        Assert.Equal("text/event-stream", response.EnsureSuccessStatusCode().Content.Headers.ContentType?.MediaType);
        return SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync().GetAsyncEnumerator();
    }

    private static async Task<string> Next(IAsyncEnumerator<SseItem<string>> stream)
    {
        SseItem<string> item = await NextItem(stream);
        return $"{item.EventType} {item.Data}";
    }

    private static async Task<SseItem<string>> NextItem(IAsyncEnumerator<SseItem<string>> stream)
    {
        Assert.True(await stream.MoveNextAsync().AsTask().WaitAsync(_patience));
        return stream.Current;
    }

    private static JsonElement Of(SseItem<string> item, string property) => JsonDocument.Parse(item.Data).RootElement.GetProperty(property);
}
