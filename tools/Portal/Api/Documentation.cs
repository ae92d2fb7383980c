using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GatewayAgent.Portal.Api;

/// <summary>What the OpenAPI document says of a route.</summary>
internal static class Documentation
{
    public static RouteHandlerBuilder Documented<T>(this RouteHandlerBuilder route, string summary, string description, string contentType = "application/json") => route
        .WithSummary(summary)
        .WithDescription(description)
        .Produces<T>(StatusCodes.Status200OK, contentType)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    public static RouteHandlerBuilder DocumentedOfHome<T>(this RouteHandlerBuilder route, string summary, string description, string contentType = "application/json") =>
        route.Documented<T>(summary, description, contentType).ProducesProblem(StatusCodes.Status404NotFound);
}
