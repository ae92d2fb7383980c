using System.Text;
using System.Text.Json.Nodes;
using GatewayAgent.Portal.Access;
using GatewayAgent.Portal.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace GatewayAgent.Portal.Api;

/// <summary>The OpenAPI 3.1 document, from the routes and the parameters that requests are checked against.</summary>
internal static class OpenApiDescription
{
    public const string Document = "v1";

    private const string TokenScheme = "token";
    private const string CookieScheme = "login";

    public static void AddDescription(this IServiceCollection services) => services.AddOpenApi(Document, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = _ => true;
        options.AddDocumentTransformer((document, _, _) => Describe(document));
        options.AddOperationTransformer((operation, context, _) => Describe(operation, context));
    });

    /// <summary>Serves it to everybody. It is made once: that takes long, and it stays the same.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        var made = new Lazy<Task<byte[]>>(() => Make(app.ServiceProvider.GetRequiredKeyedService<IOpenApiDocumentProvider>(Document)));
        app.MapGet($"/openapi/{Document}.json", async () => new Answer(await made.Value, "application/json; charset=utf-8")).ExcludeFromDescription();
    }

    private static async Task<byte[]> Make(IOpenApiDocumentProvider provider)
    {
        OpenApiDocument document = await provider.GetOpenApiDocumentAsync();
        return Encoding.UTF8.GetBytes(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1));
    }

    private static Task Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Gateway Agent",
            Version = "1",
            Description = "How the Wi-Fi of homes is, what is wrong with it and how that is known. A field that is absent is unknown; it is "
                + "never 0 or good for that. Errors are Problem Details (RFC 9457) that name field and value.",
        };
        document.Servers = [new OpenApiServer { Url = "/", Description = "This collector" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [TokenScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A token that `gw token` made." },
            [CookieScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = AccessGate.Cookie,
                Description = "The cookie of a login at `/login`.",
            },
        };
        document.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(TokenScheme, document)] = [] },
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(CookieScheme, document)] = [] },
        ];
        return Task.CompletedTask;
    }

    private static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        IList<object> metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.OperationId = IdOf(context.Description.RelativePath!);
        operation.Parameters ??= [];
        foreach (OpenApiParameter path in operation.Parameters.OfType<OpenApiParameter>())
        {
            path.Description = "Name of a home.";
            path.Schema = ApiParameters.Home.Schema();
            path.Example = ApiParameters.Home.Example.DeepClone();
        }

        foreach (Parameter parameter in metadata.OfType<RouteParameters>().SelectMany(known => known.List))
        {
            operation.Parameters.Add(Describe(parameter));
        }

        foreach (ResponseExample example in metadata.OfType<ResponseExample>())
        {
            Put(example.Value, operation);
        }

        return Task.CompletedTask;
    }

    private static OpenApiParameter Describe(Parameter parameter) => new()
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Required = parameter.IsRequired,
        Description = parameter.Description,
        Schema = parameter.Schema(),
        Example = parameter.Example.DeepClone(),
    };

    private static void Put(JsonNode example, OpenApiOperation operation)
    {
        if (operation.Responses?["200"].Content is { } content)
        {
            foreach (OpenApiMediaType media in content.Values.OfType<OpenApiMediaType>())
            {
                media.Example = example.DeepClone();
            }
        }
    }

    // api/v1/homes/{home}/reports.csv is getHomesHomeReportsCsv.
    private static string IdOf(string path) => "get" + string.Concat(path.Replace("api/v1/", "", StringComparison.Ordinal)
        .Split('/', '.', '-', '{', '}').Where(word => word.Length > 0).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}

/// <summary>An answer as a reader of the OpenAPI document sees it.</summary>
internal sealed record ResponseExample(JsonNode Value);
