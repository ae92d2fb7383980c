using System.Net.Http.Headers;
using System.Text.Json;
using GatewayAgent.Collector;
using GatewayAgent.Portal;
using GatewayAgent.Portal.Access;
using Microsoft.Extensions.Logging.Abstractions;

namespace GatewayAgent.Tests.Portal;

/// <summary>A portal on a free port over a store in memory, and a folder for its files; all gone at the end.</summary>
internal sealed class PortalFixture : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("portal tests ");
    private readonly HttpClientHandler _handler = new() { AllowAutoRedirect = false, UseCookies = false };
    private readonly string? _admin;
    private PortalHost? _host;

    private PortalFixture(bool hasTokens)
    {
        if (hasTokens)
        {
            _admin = Token("admin", Role.Operator, "*");
        }
    }

    public FakeStore Store { get; } = new FakeStore().With("acme-1", SampleHome.Assessment("acme-1")).With("acme-2", null).With("zen-1", SampleHome.Assessment("zen-1", 95, false));

    public ManualClock Clock { get; } = new(SampleHome.Now);

    public string TokenFile => FileIn("tokens.json");

    public HttpClient Http { get; private set; } = null!;

    public Uri Url => _host!.Url;

    /// <summary>Everybody is welcome, as on loopback without a token file.</summary>
    public static PortalFixture Open(Func<PortalOptions, PortalOptions>? change = null, Func<CollectorVitals>? vitals = null) =>
        new PortalFixture(hasTokens: false).Start(change, vitals);

    /// <summary>Tokens are asked for; there is one of the operator, which is sent unless another is given.</summary>
    public static PortalFixture WithTokens(Func<PortalOptions, PortalOptions>? change = null, Func<CollectorVitals>? vitals = null) =>
        new PortalFixture(hasTokens: true).Start(change, vitals);

    public string FileIn(string name) => Path.Combine(_folder.FullName, name);

    public string Token(string name, Role role, params string[] homes) => GatewayAgent.Portal.Access.TokenFile.Add(TokenFile, name, role, homes);

    public Task<HttpResponseMessage> Get(string path) => Get(path, _admin);

    public Task<HttpResponseMessage> Get(string path, string? token, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token != null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>A document, which has to be one.</summary>
    public async Task<JsonElement> Json(string path)
    {
        using HttpResponseMessage response = await Get(path);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>A problem, which has to be one of this status, in the form of RFC 9457.</summary>
    public static async Task<JsonElement> Problem(HttpResponseMessage response, int status)
    {
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode} {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        JsonElement problem = JsonDocument.Parse(text).RootElement;
        Assert.StartsWith("urn:gateway-agent:problem:", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        return problem;
    }

    public void Dispose()
    {
        Http?.Dispose();
        _host?.Dispose();
        _handler.Dispose();
        _folder.Delete(recursive: true);
    }

    private PortalFixture Start(Func<PortalOptions, PortalOptions>? change, Func<CollectorVitals>? vitals)
    {
        try
        {
            // Nothing is looked for by itself: a test that wants news looks.
            var options = new PortalOptions { TokenFile = _admin == null ? null : TokenFile, PollInterval = TimeSpan.FromMilliseconds(10) };
            _host = PortalHost.Start(change?.Invoke(options) ?? options, Store, vitals, NullLoggerFactory.Instance, Clock);
            Http = new HttpClient(_handler, disposeHandler: false) { BaseAddress = _host.Url };
            return this;
        }
        catch
        {
            Dispose();
            throw;
        }
    }
}
