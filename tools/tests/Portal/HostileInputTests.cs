using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using GatewayAgent.Collector.Store;
using GatewayAgent.Portal;

namespace GatewayAgent.Tests.Portal;

public sealed class HostileInputTests : IDisposable
{
    private const string MostKeys = "more keys than a form may have";

    private readonly PortalFixture _portal = PortalFixture.Open();

    public static TheoryData<string, string> WrongValues { get; } = new()
    {
        { "/api/v1/homes?limit=0", "limit" },
        { "/api/v1/homes?limit=501", "limit" },
        { "/api/v1/homes?limit=1e2", "limit" },
        { "/api/v1/homes?limit=99999999999999999999", "limit" },
        { "/api/v1/homes?limit=", "limit" },
        { "/api/v1/homes?limit=1&limit=2", "limit" },
        { "/api/v1/homes?skip=-1", "skip" },
        { "/api/v1/homes?order=Name", "order" },
        { "/api/v1/homes?order=2", "order" },
        { "/api/v1/homes?cause='%20OR%201=1--", "cause" },
        { "/api/v1/homes?prefix=%27%3B%20DROP%20TABLE%20nodes%3B--", "prefix" },
        { "/api/v1/homes?prefix=%3Cscript%3E", "prefix" },
        { "/api/v1/homes?prefix=%00", "prefix" },
        { "/api/v1/homes?gettingWorse=yes", "gettingWorse" },
        { "/api/v1/homes?assessedAfter=2026-11-17", "assessedAfter" },
        { "/api/v1/homes?assessedAfter=2026-11-17T12:00:00", "assessedAfter" },
        { "/api/v1/homes?assessedAfter=9999-12-31T23:59:59Z", "assessedAfter" },
        { "/api/v1/homes?limits=5", "limits" },
        { "/api/v1/fleet?x=1", "x" },
        { "/api/v1/events?before=0", "before" },
        { "/api/v1/events?home=a%2Fb", "home" },
        { "/api/v1/homes/acme-1/series", "metric" },
        { "/api/v1/homes/acme-1/series?metric=linkRssi,linkRssi", "metric" },
        { "/api/v1/homes/acme-1/series?metric=constructor", "metric" },
        { "/api/v1/homes/acme-1/series?metric=linkRssi&points=1", "points" },
        { "/api/v1/homes/acme-1/series?metric=linkRssi&from=2026-11-17T12:00:00Z&to=2026-11-17T12:00:00Z", "from" },
        { "/api/v1/homes/acme-1/series?metric=linkRssi&from=2001-01-01T00:00:00Z", "from" },
        { "/api/v1/homes/acme-1/comparison?hours=24", "at" },
        { "/api/v1/homes/acme-1/comparison?at=yesterday", "at" },
        { "/api/v1/homes/acme-1/comparison?at=2026-11-16T12:00:00Z&hours=100000", "hours" },
    };

    public void Dispose() => _portal.Dispose();

    [Theory]
    [MemberData(nameof(WrongValues))]
    public async Task A_value_that_cannot_be_used_is_named_with_its_field(string path, string field)
    {
        JsonElement problem = await PortalFixture.Problem(await _portal.Get(path), 400);

        Assert.Equal("urn:gateway-agent:problem:invalid-parameter", problem.GetProperty("type").GetString());
        Assert.Contains(problem.GetProperty("errors").EnumerateArray(), error => error.GetProperty("field").GetString() == field);
    }

    [Fact]
    public async Task A_problem_repeats_a_value_so_that_no_browser_takes_it_for_HTML()
    {
        using HttpResponseMessage response = await _portal.Get("/api/v1/homes?prefix=%3Cscript%3Ealert(1)%3C/script%3E");
        string text = await response.Content.ReadAsStringAsync();

        Assert.DoesNotContain("<", text, StringComparison.Ordinal);
        Assert.Contains("script", text, StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task A_long_value_is_repeated_in_part()
    {
        JsonElement problem = await PortalFixture.Problem(await _portal.Get("/api/v1/homes?prefix=" + new string('a', 3000)), 400);

        Assert.Equal(PortalLimits.MaxEchoed + 1, problem.GetProperty("errors")[0].GetProperty("value").GetString()!.Length);
    }

    [Theory]
    [InlineData("/api/v1/homes/..%2f..%2fetc%2fpasswd")]
    [InlineData("/api/v1/homes/%2e%2e%2f%2e%2e")]
    [InlineData("/api/v1/homes/'%20OR%20'1'='1")]
    [InlineData("/api/v1/homes/%3Cimg%20src=x%20onerror=alert(1)%3E")]
    [InlineData("/api/v1/homes/ACME-1")]
    [InlineData("/api/v1/homes/acme-1/nothing")]
    [InlineData("/api/v1/homes/acme-1/assessment/extra")]
    [InlineData("/api/v2/homes")]
    [InlineData("/..%2f..%2f..%2fetc/passwd")]
    [InlineData("/page/..%5c..%5csecrets")]
    [InlineData("/nothing.html")]
    public async Task What_does_not_exist_is_not_found(string path)
    {
        using HttpResponseMessage response = await _portal.Get(path);

        await PortalFixture.Problem(response, 404);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    public async Task The_API_is_only_read(string method)
    {
        using HttpResponseMessage response = await _portal.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/api/v1/homes"));

        await PortalFixture.Problem(response, 405);
    }

    [Fact]
    public async Task What_nodes_and_rules_said_is_data_and_no_HTML_comes_of_it()
    {
        const string Evil = "<script>alert(document.cookie)</script>'; DROP TABLE nodes; --\u2028";
        var assessment = SampleHome.Assessment("evil-1");
        _portal.Store.With("evil-1", assessment with
        {
            Findings = [assessment.Findings[0] with { Summary = Evil, Advice = Evil, Node = Evil }],
        });

        foreach (string path in (string[])["/api/v1/homes?prefix=evil", "/api/v1/homes/evil-1", "/api/v1/homes/evil-1/assessment", "/api/v1/homes/evil-1/evidence"])
        {
            using HttpResponseMessage response = await _portal.Get(path);
            string text = await response.Content.ReadAsStringAsync();
            Assert.Equal((HttpStatusCode.OK, "application/json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
            Assert.DoesNotContain("<", text, StringComparison.Ordinal);
            Assert.Contains("\\u003Cscript\\u003E", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n", "400")]
    [InlineData("GET /api/v1/homes HTTP/9.9\r\nHost: localhost\r\n\r\n", "505")]
    [InlineData("GET /api/v1/homes/acme-1%00 HTTP/1.1\r\nHost: localhost\r\n\r\n", "400")]
    [InlineData("\u0001\u0002\u0003\r\n\r\n", "400")]
    [InlineData("POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000000\r\n\r\n", "413")]
    [InlineData("GET /api/v1/homes HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "200", "400")]
    public async Task Bytes_that_are_no_sound_request_are_refused(string request, params string[] statuses)
    {
        string answer = await Raw(request);

        Assert.Contains(answer.Split(' ', 3)[1], statuses);
    }

    [Theory]
    [InlineData("multipart/form-data", "token=x")]
    [InlineData("multipart/form-data; boundary=b", "token=x")]
    [InlineData("application/x-www-form-urlencoded", MostKeys)]
    [InlineData("text/plain", "token=x")]
    [InlineData("", "token=x")]
    public async Task A_login_that_is_no_sound_form_is_refused(string type, string body)
    {
        body = body == MostKeys ? string.Concat(Enumerable.Repeat("a&", 2000)) : body;

        string answer = await Raw($"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n{body}");

        Assert.Equal("400", answer.Split(' ', 3)[1]);
    }

    [Theory]
    [InlineData(5000, "414")]
    [InlineData(100_000, "414")]
    public async Task A_request_line_that_is_too_long_is_refused(int length, string status)
    {
        string answer = await Raw($"GET /{new string('a', length)} HTTP/1.1\r\nHost: localhost\r\n\r\n");

        Assert.Equal(status, answer.Split(' ', 3)[1]);
    }

    [Fact]
    public async Task Headers_that_are_too_long_are_refused()
    {
        string answer = await Raw($"GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nX-Long: {new string('a', PortalLimits.MaxHeaderBytes)}\r\n\r\n");

        Assert.Equal("431", answer.Split(' ', 3)[1]);
    }

    [Fact]
    public async Task A_store_that_fails_is_said_so_and_nothing_more()
    {
        _portal.Store.Failure = new CollectorStoreException("secret path /var/lib/x");

        using HttpResponseMessage response = await _portal.Get("/api/v1/homes");
        string text = await response.Content.ReadAsStringAsync();

        await PortalFixture.Problem(response, 503);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_of_ours_tells_no_stack()
    {
        _portal.Store.Failure = new InvalidOperationException("inner secret");

        using HttpResponseMessage response = await _portal.Get("/api/v1/homes");
        string text = await response.Content.ReadAsStringAsync();

        await PortalFixture.Problem(response, 500);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain(" at ", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/v1/fleet")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/login")]
    public async Task Every_answer_forbids_what_a_browser_must_not_do(string path)
    {
        using HttpResponseMessage response = await _portal.Get(path);

        string policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("same-origin", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.True(response.Headers.CacheControl is { NoStore: true } or { NoCache: true });
        Assert.False(response.Headers.Contains("Server"));
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    private async Task<string> Raw(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_portal.Url.Host, _portal.Url.Port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadLineAsync() ?? "";
    }
}
