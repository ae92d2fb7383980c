using System.Data.Common;
using GatewayAgent.Collector;
using GatewayAgent.Collector.Store;
using GatewayAgent.Portal.Access;
using GatewayAgent.Portal.Api;
using GatewayAgent.Portal.Http;
using GatewayAgent.Portal.Live;
using GatewayAgent.Portal.Metrics;
using GatewayAgent.Portal.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GatewayAgent.Portal;

/// <summary>Puts the parts of the portal together: what a request passes, in order, and where it ends.</summary>
internal sealed class PortalSite(PortalOptions options, ListenAddress listen, IStoreReader store, Func<CollectorVitals>? vitals, TimeProvider clock)
{
    private static readonly string[] _compressed = ["application/json", "application/problem+json", "text/csv", "text/html", "text/plain"];

    private readonly Uri? _publicUrl = options.ReadPublicUrl();

    private readonly bool _isHttps = listen.IsHttps || options.ReadPublicUrl()?.Scheme == Uri.UriSchemeHttps;

    public void AddServices(IServiceCollection services)
    {
        services.AddLogging();
        services.AddRouting();
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = Name);
        services.ConfigureHttpJsonOptions(json => PortalJson.Configure(json.SerializerOptions));
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = _compressed;
        });
        services.AddSingleton<WorkLimits>();
        services.AddDescription();
        services.AddSingleton(provider => new AccessGate(
            options.TokenFile == null ? null : new Tokens(options.TokenFile, clock, provider.GetRequiredService<ILogger<Tokens>>()),
            provider.GetRequiredService<Sessions>(),
            new FailureLimit(clock)));
        services.AddSingleton(new Sessions(clock));
        services.AddSingleton<LiveFeed>();
        services.AddHostedService(provider => new LivePump(
            store, provider.GetRequiredService<LiveFeed>(), options.PollInterval, clock, provider.GetRequiredService<ILogger<LivePump>>()));
        services.AddSingleton(provider => new WebhookPump(options, store, clock, provider.GetRequiredService<ILogger<WebhookPump>>()));
        services.AddHostedService(provider => provider.GetRequiredService<WebhookPump>());
    }

    public void Map(WebApplication app)
    {
        AccessGate gate = app.Services.GetRequiredService<AccessGate>();
        app.UseSecurityHeaders(_isHttps);
        if (_publicUrl != null)
        {
            // Else all who come through the proxy would share its address, and whoever guesses tokens would lock out the others.
            app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor });
        }

        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = Fail,
            // What others send must not fill our log.
            SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException or InvalidDataException,
        });
        app.UseStatusCodePages();
        if (!gate.AsksForTokens)
        {
            app.Use((context, next) => LoopbackHosts.Check(context, next, _publicUrl));
        }

        app.Use(PageFiles.OfAssembly().Serve);
        app.UseResponseCompression();
        app.UseHeadAsGet(butFor: LiveRoute.Path);
        app.UseRouting();
        app.Use(gate.Check);
        MapRoutes(app, gate);
    }

    private void MapRoutes(WebApplication app, AccessGate gate)
    {
        var homes = new HomeReader(store, clock);
        RouteGroupBuilder api = app.MapGroup(ApiRoutes.Root).AddEndpointFilter(app.Services.GetRequiredService<WorkLimits>().Take);
        new ApiRoutes(homes).Map(api);
        new HomeRoutes(homes).Map(api);
        LiveFeed live = app.Services.GetRequiredService<LiveFeed>();
        new LiveRoute(live, gate, clock).Map(api);
        app.Lifetime.ApplicationStopping.Register(live.Complete);
        var metrics = new PortalMetrics(store, vitals, homes, live, app.Services.GetRequiredService<WebhookPump>(), gate);
        new ProbeRoutes(metrics, store, vitals, options).Map(app);
        LoginRoutes.Map(app, gate, _isHttps, _publicUrl);
        OpenApiDescription.Map(app);
    }

    // What the server itself refuses gets the names that our own problems have.
    private static void Name(ProblemDetailsContext context)
    {
        if (context.ProblemDetails.Type?.StartsWith("urn:", StringComparison.Ordinal) != true)
        {
            ProblemType type = ProblemType.Of(context.ProblemDetails.Status ?? StatusCodes.Status500InternalServerError);
            (context.ProblemDetails.Type, context.ProblemDetails.Title) = (type.Uri, type.Title);
        }

        context.ProblemDetails.Extensions.Remove("traceId");
    }

    private static Task Fail(HttpContext context)
    {
        Exception? error = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        ProblemType type = error switch
        {
            InvalidDataException => ProblemType.BadRequest,
            BadHttpRequestException bad => ProblemType.BadRequest with { Status = bad.StatusCode },
            DbException or CollectorStoreException => ProblemType.StoreFailed,
            _ => ProblemType.Internal,
        };
        return type.With().ExecuteAsync(context);
    }
}
