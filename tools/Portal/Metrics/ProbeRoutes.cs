using System.Data.Common;
using System.Text;
using GatewayAgent.Collector;
using GatewayAgent.Collector.Store;
using GatewayAgent.Portal.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GatewayAgent.Portal.Metrics;

/// <summary>What machines ask of the collector itself. It is of all tenants together: an operator's token of all homes, or open by an option.</summary>
internal sealed class ProbeRoutes(PortalMetrics metrics, IStoreReader store, Func<CollectorVitals>? vitals, PortalOptions options)
{
    public void Map(IEndpointRouteBuilder app)
    {
        IEndpointConventionBuilder[] routes =
        [
            app.MapGet("/metrics", () => TypedResults.Text(metrics.Write(), MetricsText.ContentType, Encoding.UTF8))
                .WithSummary("Metrics of Prometheus").Produces<string>(StatusCodes.Status200OK, "text/plain"),
            app.MapGet("/health/live", () => TypedResults.Json(HealthDocument.Live))
                .WithSummary("The process is alive").Produces<HealthDocument>(),
            app.MapGet("/health/ready", Ready)
                .WithSummary("The collector does its work").Produces<HealthDocument>().Produces<HealthDocument>(StatusCodes.Status503ServiceUnavailable),
        ];
        foreach (IEndpointConventionBuilder route in routes)
        {
            if (!options.OpenProbes)
            {
                route.Needs(Role.Operator, ofCollector: true);
            }
        }
    }

    private IResult Ready()
    {
        HealthDocument health = HealthDocument.Of(vitals?.Invoke(), StoreProblem(), options.MostAssessorLag);
        return TypedResults.Json(health, statusCode: health.Problems == null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private string? StoreProblem()
    {
        try
        {
            store.Counters();
            return null;
        }
        catch (Exception e) when (e is DbException or CollectorStoreException)
        {
            return "The store cannot be read.";
        }
    }
}
