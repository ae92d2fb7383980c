using System.IO.Pipelines;
using System.Text.Json;
using GatewayAgent.Portal.Mcp;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace GatewayAgent.Tests.Portal;

public sealed class McpTests
{
    private static readonly string[] _tools = ["compare_before_after", "explain_index", "get_fleet", "get_home_evidence", "list_homes", "search_events"];

    [Fact]
    public async Task An_assistant_finds_the_tools_and_they_only_read()
    {
        using var portal = PortalFixture.Open();
        await using Assistant assistant = await Assistant.Of(portal, null);

        IList<McpClientTool> tools = await assistant.Client.ListToolsAsync();

        Assert.Equal(_tools, tools.Select(tool => tool.Name).Order());
        Assert.All(tools, tool => Assert.True(tool.ProtocolTool.Annotations?.ReadOnlyHint));
        Assert.All(tools, tool => Assert.False(string.IsNullOrEmpty(tool.Description)));
        Assert.DoesNotContain("cancel", tools.Select(tool => tool.JsonSchema.GetRawText()).Aggregate(string.Concat), StringComparison.Ordinal);
        Assert.Contains("\"weakBackhaul\"", tools.Single(tool => tool.Name == "list_homes").JsonSchema.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("get_fleet", "{}", "/api/v1/fleet")]
    [InlineData("list_homes", """{"order":"worst","cause":"weakBackhaul","limit":1}""", "/api/v1/homes?order=worst&cause=weakBackhaul&limit=1")]
    [InlineData("list_homes", """{"gettingWorse":true}""", "/api/v1/homes?gettingWorse=true")]
    [InlineData("get_home_evidence", """{"home":"acme-1"}""", "/api/v1/homes/acme-1/evidence")]
    [InlineData("explain_index", """{"home":"acme-1"}""", "/api/v1/homes/acme-1/assessment")]
    [InlineData("compare_before_after", """{"home":"acme-1","at":"2026-11-16T12:20:00Z","hours":24}""", "/api/v1/homes/acme-1/comparison?at=2026-11-16T12:20:00Z&hours=24")]
    [InlineData("search_events", """{"home":"acme-1","limit":1}""", "/api/v1/events?home=acme-1&limit=1")]
    public async Task A_tool_returns_the_document_of_the_API(string tool, string arguments, string path)
    {
        using var portal = PortalFixture.Open();
        portal.Store.Add(SampleHome.Event(1, "acme-1"));
        await using Assistant assistant = await Assistant.Of(portal, null);

        CallToolResult result = await assistant.Call(tool, arguments);
        using HttpResponseMessage rest = await portal.Get(path);

        Assert.NotEqual(true, result.IsError);
        Assert.Equal(await rest.Content.ReadAsStringAsync(), Text(result));
    }

    [Theory]
    [InlineData("get_home_evidence", """{"home":"nobody"}""", "no home of this name")]
    [InlineData("get_home_evidence", """{"home":"../../metrics"}""", "no home of this name")]
    [InlineData("get_home_evidence", """{"home":".."}""", "no home of this name")]
    [InlineData("list_homes", """{"prefix":"'; DROP TABLE nodes; --"}""", "prefix")]
    [InlineData("list_homes", """{"limit":100000}""", "limit")]
    [InlineData("compare_before_after", """{"home":"acme-1","at":"last Tuesday"}""", "at: 'last Tuesday'")]
    public async Task What_cannot_be_answered_is_an_error_in_words(string tool, string arguments, string words)
    {
        using var portal = PortalFixture.Open();
        await using Assistant assistant = await Assistant.Of(portal, null);

        CallToolResult result = await assistant.Call(tool, arguments);

        Assert.True(result.IsError);
        Assert.Contains(words, Text(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_assistant_sees_what_its_token_sees()
    {
        using var portal = PortalFixture.WithTokens();
        await using Assistant own = await Assistant.Of(portal, portal.Token("acme", GatewayAgent.Portal.Access.Role.Care, "acme-"));
        await using Assistant none = await Assistant.Of(portal, null);
        portal.Clock.Advance(TimeSpan.FromSeconds(3));

        Assert.NotEqual(true, (await own.Call("get_home_evidence", """{"home":"acme-1"}""")).IsError);
        Assert.True((await own.Call("get_home_evidence", """{"home":"zen-1"}""")).IsError);
        Assert.Contains("A token is needed", Text(await none.Call("get_fleet", "{}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_portal_that_is_away_is_said_so()
    {
        await using Assistant assistant = await Assistant.Of((input, output, cancel) => McpHost.Run(input, output, new Uri("http://127.0.0.1:1"), null, cancel));

        Assert.Contains("does not answer", Text(await assistant.Call("get_fleet", "{}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_is_served_without_a_portal()
    {
        FakeStore store = new FakeStore().With("acme-1", SampleHome.Assessment("acme-1"));
        await using Assistant assistant = await Assistant.Of((input, output, cancel) => McpHost.Run(input, output, store, NullLoggerFactory.Instance, cancel));

        Assert.Contains("\"homes\":1", Text(await assistant.Call("get_fleet", "{}")), StringComparison.Ordinal);
    }

    private static string Text(CallToolResult result) => ((TextContentBlock)result.Content[^1]).Text;

    /// <summary>The package's own client, with the server at the other end of two pipes.</summary>
    private sealed class Assistant : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private Task _serving = Task.CompletedTask;

        public McpClient Client { get; private set; } = null!;

        public static Task<Assistant> Of(PortalFixture portal, string? token) => Of((input, output, cancel) => McpHost.Run(input, output, portal.Url, token, cancel));

        public static async Task<Assistant> Of(Func<Stream, Stream, CancellationToken, Task> serve)
        {
            var assistant = new Assistant();
            var toServer = new Pipe();
            var toClient = new Pipe();
            assistant._serving = serve(toServer.Reader.AsStream(), toClient.Writer.AsStream(), assistant._stop.Token);
            assistant.Client = await McpClient.CreateAsync(new StreamClientTransport(toServer.Writer.AsStream(), toClient.Reader.AsStream()));
            return assistant;
        }

        public async Task<CallToolResult> Call(string tool, string arguments) => await Client.CallToolAsync(
            tool, JsonDocument.Parse(arguments).RootElement.EnumerateObject().ToDictionary(property => property.Name, property => (object?)property.Value));

        public async ValueTask DisposeAsync()
        {
            await Client.DisposeAsync();
            await _stop.CancelAsync();
            await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stop.Dispose();
        }
    }
}
