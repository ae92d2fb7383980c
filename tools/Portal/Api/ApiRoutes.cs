using GatewayAgent.Portal.Access;
using GatewayAgent.Portal.Documents;
using GatewayAgent.Portal.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GatewayAgent.Portal.Api;

/// <summary>What belongs to no single home.</summary>
internal sealed class ApiRoutes(HomeReader homes)
{
    public const string Root = "/api/v1";

    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/me", (HttpContext context) => Answer.Json(MeDocument.Of(context.Grant()))).Needs(Role.Viewer).Takes()
            .Documented<MeDocument>("Who asks", "The token's name and role, and which homes it sees.");
        api.MapGet("/fleet", (HttpContext context) => Answer.Json(homes.Fleet(context.Grant()))).Needs(Role.Viewer).Takes()
            .Documented<FleetDocument>("The fleet in numbers", "Homes by band of their index and by cause; a few seconds old at most.");
        api.MapGet("/events", Events).Needs(Role.Viewer).Takes(ApiParameters.Home, ApiParameters.Before, ApiParameters.Limit)
            .Documented<EventListDocument>("What nodes noticed", "The newest first, page by page.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private IResult Events(HttpContext context) => HomeRoutes.Found(homes.Events(
        context.Grant(),
        ApiParameters.Home.Of(context, null),
        ApiParameters.Before.Of(context, long.MaxValue)!.Value,
        HomeRoutes.LimitOf(context)));
}
