using GatewayAgent.Portal.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GatewayAgent.Portal.Api;

/// <summary>What the OpenAPI document says of a route.</summary>
internal static class Documentation
{
    private const string Json = "application/json";

    /// <summary>A route that answers with a document.</summary>
    public static RouteHandlerBuilder Documented<T>(this RouteHandlerBuilder route, string summary, string description) =>
        route.Documented<T>(summary, description, Json, typeof(T).Name);

    /// <summary>A route that answers with text of a form of its own.</summary>
    public static RouteHandlerBuilder DocumentedText(this RouteHandlerBuilder route, string summary, string description, string contentType, string example) =>
        route.Documented<string>(summary, description, contentType, example);

    /// <summary>A route that names a home, which there may not be.</summary>
    public static RouteHandlerBuilder OfHome(this RouteHandlerBuilder route) => route.ProducesProblem(StatusCodes.Status404NotFound);

    private static RouteHandlerBuilder Documented<T>(this RouteHandlerBuilder route, string summary, string description, string contentType, string example) => route
        .WithSummary(summary)
        .WithDescription(description)
        .WithMetadata(new ResponseExample(Examples.All[example]!))
        .Produces<T>(StatusCodes.Status200OK, contentType)
        .ProducesProblem(ProblemType.InvalidParameter.Status)
        .ProducesProblem(ProblemType.Unauthorized.Status)
        .ProducesProblem(ProblemType.Forbidden.Status)
        .ProducesProblem(ProblemType.TooManyFailures.Status)
        .ProducesProblem(ProblemType.Busy.Status);
}
