using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using GatewayAgent.Portal.Api;
using GatewayAgent.Portal.Http;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace GatewayAgent.Tests.Portal;

public sealed class OpenApiTests : IDisposable
{
    private static readonly string[] _routes =
    [
        "/api/v1/events", "/api/v1/fleet", "/api/v1/homes", "/api/v1/homes/{home}", "/api/v1/homes/{home}/assessment", "/api/v1/homes/{home}/channels",
        "/api/v1/homes/{home}/comparison", "/api/v1/homes/{home}/data-elements", "/api/v1/homes/{home}/evidence", "/api/v1/homes/{home}/quality",
        "/api/v1/homes/{home}/reports.csv", "/api/v1/homes/{home}/series", "/api/v1/live", "/api/v1/me", "/health/live", "/health/ready", "/metrics",
    ];

    private readonly PortalFixture _portal = PortalFixture.WithTokens();

    public void Dispose() => _portal.Dispose();

    [Fact]
    public async Task The_document_is_sound_OpenAPI_3_1()
    {
        ReadResult read = await Read();

        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic!.SpecificationVersion);
        Assert.Empty(read.Diagnostic.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
    }

    [Fact]
    public async Task Every_route_is_in_it_and_explained()
    {
        OpenApiDocument document = (await Read()).Document!;

        Assert.Equal(_routes, document.Paths.Keys.Order(StringComparer.Ordinal));
        foreach ((string path, IOpenApiPathItem item) in document.Paths)
        {
            OpenApiOperation operation = item.Operations![HttpMethod.Get];
            Assert.False(string.IsNullOrEmpty(operation.Summary), path);
            Assert.True(operation.Responses!.ContainsKey("200"), path);
            Assert.All(operation.Parameters ?? [], parameter => Assert.False(string.IsNullOrEmpty(parameter.Description), $"{path} {parameter.Name}"));
            Assert.All(operation.Parameters ?? [], parameter => Assert.NotNull(parameter.Example));
        }

        Assert.Equal(document.Paths.Count, document.Paths.Values.Select(item => item.Operations![HttpMethod.Get].OperationId).Distinct().Count());
    }

    [Fact]
    public async Task Every_answer_of_the_API_has_a_form_and_an_example()
    {
        OpenApiDocument document = (await Read()).Document!;

        foreach ((string path, IOpenApiPathItem item) in document.Paths.Where(path => path.Key.StartsWith("/api/", StringComparison.Ordinal)))
        {
            IOpenApiResponse ok = item.Operations![HttpMethod.Get].Responses!["200"];
            OpenApiMediaType content = Assert.Single(ok.Content!.Values);
            Assert.NotNull(content.Schema);
            Assert.NotNull(content.Example);
        }
    }

    [Fact]
    public async Task Every_example_of_a_parameter_is_taken()
    {
        OpenApiDocument document = (await Read()).Document!;
        foreach ((string path, IOpenApiPathItem item) in document.Paths.Where(path => path.Key.StartsWith("/api/", StringComparison.Ordinal) && path.Key != "/api/v1/live"))
        {
            IEnumerable<string> query = (item.Operations![HttpMethod.Get].Parameters ?? []).Where(parameter => parameter.In == ParameterLocation.Query)
                .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(Text(parameter.Example!))}")
                .Where(parameter => !parameter.StartsWith("from=", StringComparison.Ordinal) && !parameter.StartsWith("home=", StringComparison.Ordinal));
            using HttpResponseMessage response = await _portal.Get($"{path.Replace("{home}", "acme-1", StringComparison.Ordinal)}?{string.Join('&', query)}");

            Assert.True(response.IsSuccessStatusCode, $"{path}: {await response.Content.ReadAsStringAsync()}");
        }
    }

    [Fact]
    public void Examples_have_the_form_of_what_they_show()
    {
        JsonSerializerOptions strict = new(PortalJson.Options)
        {
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = false,
        };
        Type[] documents = typeof(PortalJson).Assembly.GetTypes();
        foreach ((string name, JsonNode? example) in Examples.All.Where(example => example.Value is JsonObject && example.Key != nameof(JsonObject)))
        {
            Type type = documents.Single(type => type.Name == name);
            object document = example.Deserialize(type, strict)!;
            Assert.True(JsonNode.DeepEquals(example, JsonSerializer.SerializeToNode(document, type, PortalJson.Options)), name);
        }
    }

    private static string Text(JsonNode example) => example.GetValueKind() == JsonValueKind.String ? example.GetValue<string>() : example.ToJsonString();

    private async Task<ReadResult> Read()
    {
        using HttpResponseMessage response = await _portal.Get("/openapi/v1.json", null);
        return OpenApiDocument.Parse(await response.Content.ReadAsStringAsync(), "json");
    }
}
