using System.Net;
using System.Text.Json;
using GatewayAgent.Portal;
using GatewayAgent.Portal.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace GatewayAgent.Tests.Portal;

public sealed class AccessTests
{
    private static readonly string[] _openRoutes = ["/login", "/logout", "/openapi/v1.json"];

    private static readonly string[] _ofHome = ["", "/assessment", "/series?metric=score", "/channels", "/comparison?at=2026-11-16T12:00:00Z", "/quality", "/evidence", "/data-elements", "/reports.csv"];

    [Fact]
    public async Task Without_a_token_nothing_is_told()
    {
        using var portal = PortalFixture.WithTokens();

        using HttpResponseMessage response = await portal.Get("/api/v1/fleet", null);

        await PortalFixture.Problem(response, 401);
        Assert.StartsWith("Bearer", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gwt_0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("' OR '1'='1")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("..%2f..%2fetc%2fpasswd")]
    public async Task A_forged_token_is_refused(string token)
    {
        using var portal = PortalFixture.WithTokens();

        using HttpResponseMessage response = await portal.Get("/api/v1/fleet", null, ("Authorization", $"Bearer {token}"));
        using HttpResponseMessage asCookie = await portal.Get("/api/v1/fleet", null, ("Cookie", $"gw_session={Uri.EscapeDataString(token)}"));

        await PortalFixture.Problem(response, 401);
        await PortalFixture.Problem(asCookie, 401);
    }

    [Fact]
    public async Task The_hash_of_a_token_is_no_token()
    {
        using var portal = PortalFixture.WithTokens();
        string hash = JsonDocument.Parse(File.ReadAllText(portal.TokenFile)).RootElement.GetProperty("tokens")[0].GetProperty("sha256").GetString()!;

        await PortalFixture.Problem(await portal.Get("/api/v1/fleet", hash), 401);
    }

    [Fact]
    public async Task A_home_of_another_tenant_is_answered_as_one_that_does_not_exist()
    {
        using var portal = PortalFixture.WithTokens();
        string token = portal.Token("acme", Role.Care, "acme-");
        portal.Clock.Advance(TimeSpan.FromSeconds(3));

        foreach (string path in _ofHome)
        {
            string theirs = await Told(portal, $"/api/v1/homes/zen-1{path}", token);
            string missing = await Told(portal, $"/api/v1/homes/zen-9{path}", token);
            string own = await Told(portal, $"/api/v1/homes/acme-1{path}", token);

            Assert.Equal(missing, theirs);
            Assert.StartsWith("404", theirs, StringComparison.Ordinal);
            Assert.StartsWith("200", own, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Lists_fleets_and_events_hold_the_tenants_own_only()
    {
        using var portal = PortalFixture.WithTokens();
        portal.Store.Add(SampleHome.Event(1, "zen-1"));
        portal.Store.Add(SampleHome.Event(2, "acme-1"));
        string token = portal.Token("acme", Role.Viewer, "acme-");
        portal.Clock.Advance(TimeSpan.FromSeconds(3));

        Assert.DoesNotContain("zen", await Told(portal, "/api/v1/homes", token), StringComparison.Ordinal);
        Assert.DoesNotContain("zen", await Told(portal, "/api/v1/homes?prefix=zen", token), StringComparison.Ordinal);
        Assert.DoesNotContain("zen", await Told(portal, "/api/v1/events", token), StringComparison.Ordinal);
        Assert.StartsWith("404", await Told(portal, "/api/v1/events?home=zen-1", token), StringComparison.Ordinal);
        Assert.Contains("\"homes\":2", await Told(portal, "/api/v1/fleet", token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/homes/acme-1", 200, 200, 200)]
    [InlineData("/api/v1/homes/acme-1/evidence", 403, 200, 200)]
    [InlineData("/api/v1/homes/acme-1/reports.csv", 403, 200, 200)]
    [InlineData("/metrics", 403, 403, 200)]
    [InlineData("/health/ready", 403, 403, 200)]
    public async Task A_role_may_do_what_is_its_own(string path, int viewer, int care, int @operator)
    {
        using var portal = PortalFixture.WithTokens();
        string[] tokens = [.. new[] { Role.Viewer, Role.Care, Role.Operator }.Select(role => portal.Token($"{role}", role, "*"))];
        portal.Clock.Advance(TimeSpan.FromSeconds(3));

        foreach ((string token, int expected) in tokens.Zip([viewer, care, @operator]))
        {
            using HttpResponseMessage response = await portal.Get(path, token);
            Assert.Equal(expected, (int)response.StatusCode);
        }
    }

    [Fact]
    public async Task An_operator_of_some_homes_does_not_see_what_all_tenants_share()
    {
        using var portal = PortalFixture.WithTokens();
        string token = portal.Token("acme", Role.Operator, "acme-");
        portal.Clock.Advance(TimeSpan.FromSeconds(3));

        await PortalFixture.Problem(await portal.Get("/metrics", token), 403);
    }

    [Fact]
    public async Task Probes_are_open_when_that_is_asked_for()
    {
        using var portal = PortalFixture.WithTokens(options => options with { OpenProbes = true });

        using HttpResponseMessage metrics = await portal.Get("/metrics", null);
        using HttpResponseMessage live = await portal.Get("/health/live", null);
        using HttpResponseMessage fleet = await portal.Get("/api/v1/fleet", null);

        Assert.Equal((200, 200, 401), ((int)metrics.StatusCode, (int)live.StatusCode, (int)fleet.StatusCode));
    }

    [Fact]
    public async Task Every_route_asks_for_a_grant_but_those_that_tell_nothing()
    {
        var store = new FakeStore();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var site = new PortalSite(new PortalOptions(), ListenAddress.Parse("http://127.0.0.1:0"), store, null, TimeProvider.System);
        builder.Services.AddSingleton<Microsoft.Extensions.Logging.ILoggerFactory>(NullLoggerFactory.Instance);
        Microsoft.AspNetCore.Hosting.WebHostBuilderKestrelExtensions.UseKestrelCore(builder.WebHost);
        site.AddServices(builder.Services);
        await using WebApplication app = builder.Build();
        site.Map(app);

        IEnumerable<RouteEndpoint> routes = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

        Assert.Equal(_openRoutes, routes.Where(route => route.Metadata.GetMetadata<NeedsGrant>() == null).Select(route => route.RoutePattern.RawText!).Distinct().Order());
    }

    [Fact]
    public async Task A_token_ends_when_it_expires()
    {
        using var portal = PortalFixture.WithTokens();
        string token = TokenFile.Add(portal.TokenFile, "guest", Role.Viewer, ["*"], portal.Clock.GetUtcNow().AddHours(1));
        portal.Clock.Advance(TimeSpan.FromMinutes(59));
        using HttpResponseMessage before = await portal.Get("/api/v1/me", token);
        portal.Clock.Advance(TimeSpan.FromMinutes(2));
        using HttpResponseMessage after = await portal.Get("/api/v1/me", token);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (before.StatusCode, after.StatusCode));
    }

    [Fact]
    public async Task A_token_that_is_taken_out_of_the_file_ends_its_logins_too()
    {
        using var portal = PortalFixture.WithTokens();
        string cookie = await LogIn(portal, portal.Token("care", Role.Care, "*"));
        using HttpResponseMessage before = await portal.Get("/api/v1/me", null, ("Cookie", cookie));
        var rest = new TokenList([new TokenEntry("other", new string('0', 64), ["*"], Role.Viewer)]);
        File.WriteAllText(portal.TokenFile, JsonSerializer.Serialize(rest, ConfigJson.Options));
        File.SetLastWriteTimeUtc(portal.TokenFile, DateTime.UtcNow.AddMinutes(1));
        portal.Clock.Advance(TimeSpan.FromSeconds(3));
        using HttpResponseMessage after = await portal.Get("/api/v1/me", null, ("Cookie", cookie));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (before.StatusCode, after.StatusCode));
    }

    [Fact]
    public async Task A_token_file_that_is_spoilt_locks_nobody_out()
    {
        using var portal = PortalFixture.WithTokens();
        File.WriteAllText(portal.TokenFile, "{ \"tokens\": [");
        File.SetLastWriteTimeUtc(portal.TokenFile, DateTime.UtcNow.AddMinutes(1));
        portal.Clock.Advance(TimeSpan.FromSeconds(3));

        using HttpResponseMessage response = await portal.Get("/api/v1/me");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_login_gives_a_cookie_that_scripts_and_other_sites_cannot_use()
    {
        using var portal = PortalFixture.WithTokens(options => options with { PublicUrl = "https://portal.example.net" });
        using HttpResponseMessage response = await Post(portal, "/login", portal.Token("care", Role.Care, "*"));
        string cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));

        Assert.Equal((HttpStatusCode.SeeOther, "/"), (response.StatusCode, response.Headers.Location?.ToString()));
        Assert.Matches("^gw_session=[0-9a-f]{64}; max-age=43200; path=/; secure; samesite=strict; httponly$", cookie);
    }

    [Fact]
    public async Task A_login_ends_by_logging_out_and_by_itself()
    {
        using var portal = PortalFixture.WithTokens();
        string token = portal.Token("care", Role.Care, "*");
        string first = await LogIn(portal, token);
        string second = await LogIn(portal, token);
        using HttpResponseMessage logout = await Post(portal, "/logout", "", ("Cookie", first));
        using HttpResponseMessage afterLogout = await portal.Get("/api/v1/me", null, ("Cookie", first));
        using HttpResponseMessage other = await portal.Get("/api/v1/me", null, ("Cookie", second));
        portal.Clock.Advance(TimeSpan.FromHours(12));
        using HttpResponseMessage afterADay = await portal.Get("/api/v1/me", null, ("Cookie", second));

        Assert.Equal((401, 200, 401), ((int)afterLogout.StatusCode, (int)other.StatusCode, (int)afterADay.StatusCode));
    }

    [Fact]
    public async Task A_login_from_another_site_is_refused()
    {
        using var portal = PortalFixture.WithTokens();

        using HttpResponseMessage response = await Post(portal, "/login", portal.Token("care", Role.Care, "*"), ("Sec-Fetch-Site", "cross-site"));

        await PortalFixture.Problem(response, 400);
    }

    [Theory]
    [InlineData("http://evil.example", 400)]
    [InlineData("null", 400)]
    [InlineData("https://portal.example.net.evil.example", 400)]
    [InlineData("https://portal.example.net", 303)]
    public async Task A_browser_that_says_only_its_origin_is_believed(string origin, int status)
    {
        using var portal = PortalFixture.WithTokens(options => options with { PublicUrl = "https://portal.example.net/" });
        string token = portal.Token("care", Role.Care, "*");

        using HttpResponseMessage response = await Post(portal, "/login", token, ("Origin", origin));
        using HttpResponseMessage logout = await Post(portal, "/logout", "", ("Origin", origin));

        Assert.Equal((status, status), ((int)response.StatusCode, (int)logout.StatusCode));
    }

    [Fact]
    public async Task A_login_from_the_page_itself_is_taken()
    {
        using var portal = PortalFixture.WithTokens();

        using HttpResponseMessage response = await Post(portal, "/login", portal.Token("care", Role.Care, "*"), ("Origin", portal.Url.GetLeftPart(UriPartial.Authority)));

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
    }

    [Fact]
    public async Task Behind_a_proxy_who_guesses_tokens_locks_out_nobody_else()
    {
        using var portal = PortalFixture.WithTokens(options => options with { PublicUrl = "https://portal.example.net" });
        for (int i = 0; i < PortalLimits.MaxFailuresPerMinute; i++)
        {
            await PortalFixture.Problem(await portal.Get("/api/v1/me", "gwt_0", ("X-Forwarded-For", $"10.0.0.{i}, 198.51.100.1")), 401);
        }

        await PortalFixture.Problem(await portal.Get("/api/v1/me", "gwt_0", ("X-Forwarded-For", "198.51.100.1")), 429);
        await PortalFixture.Problem(await portal.Get("/api/v1/me", "gwt_0", ("X-Forwarded-For", "198.51.100.2")), 401);
    }

    [Fact]
    public async Task Without_a_proxy_nobody_says_from_where_he_asks()
    {
        using var portal = PortalFixture.WithTokens();
        for (int i = 0; i < PortalLimits.MaxFailuresPerMinute; i++)
        {
            await PortalFixture.Problem(await portal.Get("/api/v1/me", "gwt_0", ("X-Forwarded-For", $"198.51.100.{i}")), 401);
        }

        await PortalFixture.Problem(await portal.Get("/api/v1/me", "gwt_0", ("X-Forwarded-For", "198.51.100.99")), 429);
    }

    [Fact]
    public void One_tokens_logins_end_no_others()
    {
        var sessions = new Sessions(new ManualClock(SampleHome.Now));
        string other = sessions.Begin([1]);
        string first = sessions.Begin([2]);
        for (int i = 0; i < PortalLimits.MaxSessionsOfToken; i++)
        {
            sessions.Begin([2]);
        }

        Assert.NotNull(sessions.Find(other));
        Assert.Null(sessions.Find(first));
    }

    [Fact]
    public void Sessions_are_bounded_in_all()
    {
        var sessions = new Sessions(new ManualClock(SampleHome.Now));
        string first = sessions.Begin([0, 0]);
        for (int i = 0; i < PortalLimits.MaxSessions; i++)
        {
            sessions.Begin([(byte)(i % 250), 1]);
        }

        Assert.Null(sessions.Find(first));
    }

    [Theory]
    [InlineData("portal.example.net")]
    [InlineData("ftp://portal.example.net")]
    [InlineData("https://me:secret@portal.example.net")]
    [InlineData("")]
    public void A_public_URL_that_is_none_is_refused_by_name(string url)
    {
        PortalException refusal = Assert.Throws<PortalException>(() => PortalHost.Start(new PortalOptions { PublicUrl = url }, new FakeStore()));

        Assert.Contains($"'{url}'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_tries_many_tokens_has_to_wait_and_logins_that_hold_go_on()
    {
        using var portal = PortalFixture.WithTokens();
        string token = portal.Token("care", Role.Care, "*");
        portal.Clock.Advance(TimeSpan.FromSeconds(3));
        string cookie = await LogIn(portal, token);
        for (int i = 0; i < PortalLimits.MaxFailuresPerMinute; i++)
        {
            await PortalFixture.Problem(await portal.Get("/api/v1/me", $"gwt_{i}"), 401);
        }

        using HttpResponseMessage locked = await portal.Get("/api/v1/me", token);
        using HttpResponseMessage loginLocked = await Post(portal, "/login", token);
        using HttpResponseMessage session = await portal.Get("/api/v1/me", null, ("Cookie", cookie));
        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        using HttpResponseMessage later = await portal.Get("/api/v1/me", token);

        await PortalFixture.Problem(locked, 429);
        Assert.Equal("60", locked.Headers.RetryAfter?.ToString());
        Assert.Equal((429, 200, 200), ((int)loginLocked.StatusCode, (int)session.StatusCode, (int)later.StatusCode));
    }

    [Fact]
    public void Failures_are_remembered_of_so_many_addresses_only()
    {
        var clock = new ManualClock(SampleHome.Now);
        var limit = new FailureLimit(clock);
        for (int i = 0; i < PortalLimits.MaxFailuresPerMinute; i++)
        {
            limit.Count(IPAddress.Parse("2001:db8::1"));
        }

        Assert.NotNull(limit.WaitOf(IPAddress.Parse("2001:db8::ffff:2")));
        Assert.Null(limit.WaitOf(IPAddress.Parse("2001:db8:0:1::1")));
        for (int i = 0; i < PortalLimits.MaxFailingAddresses; i++)
        {
            limit.Count(new IPAddress(i + 0x0A000000L));
        }

        Assert.Null(limit.WaitOf(IPAddress.Parse("2001:db8::1")));
        Assert.Equal(PortalLimits.MaxFailuresPerMinute + PortalLimits.MaxFailingAddresses, limit.Total);
    }

    [Theory]
    [InlineData("evil.example", 400)]
    [InlineData("127.0.0.1.evil.example:80", 400)]
    [InlineData("localhost:8080", 200)]
    [InlineData("[::1]:8080", 200)]
    public async Task Without_tokens_only_requests_that_name_this_machine_are_answered(string host, int status)
    {
        using var portal = PortalFixture.Open();

        using HttpResponseMessage response = await portal.Get("/api/v1/fleet", null, ("Host", host));

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://192.0.2.1:0")]
    public void Without_tokens_nothing_listens_beyond_loopback(string listen)
    {
        PortalException refusal = Assert.Throws<PortalException>(() => PortalHost.Start(new PortalOptions { Listen = listen }, new FakeStore()));

        Assert.Contains("gw token", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("127.0.0.1:80")]
    [InlineData("http://example.net:80")]
    [InlineData("http://127.0.0.1:80/path")]
    [InlineData("")]
    public void An_address_that_nothing_can_listen_at_is_refused_by_name(string listen)
    {
        PortalException refusal = Assert.Throws<PortalException>(() => PortalHost.Start(new PortalOptions { Listen = listen }, new FakeStore()));

        Assert.Contains($"'{listen}'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_that_is_taken_is_said_so()
    {
        using var portal = PortalFixture.Open();

        PortalException refusal = Assert.Throws<PortalException>(() => PortalHost.Start(new PortalOptions { Listen = portal.Url.ToString() }, new FakeStore(), log: NullLoggerFactory.Instance));

        Assert.Contains("in use", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<string> Told(PortalFixture portal, string path, string token)
    {
        using HttpResponseMessage response = await portal.Get(path, token);
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
    }

    private static async Task<string> LogIn(PortalFixture portal, string token)
    {
        portal.Clock.Advance(TimeSpan.FromSeconds(3));
        using HttpResponseMessage response = await Post(portal, "/login", token);
        return response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private static Task<HttpResponseMessage> Post(PortalFixture portal, string path, string token, params (string Name, string Value)[] headers)
    {
        portal.Clock.Advance(TimeSpan.FromSeconds(3));
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent([KeyValuePair.Create("token", token)]) };
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return portal.Http.SendAsync(request);
    }
}
