using System.Text.Json.Nodes;
using GatewayAgent.Collector.Store;
using GatewayAgent.Insight.Diagnosis;
using GatewayAgent.Portal.Access;
using GatewayAgent.Portal.Documents;
using GatewayAgent.Portal.Http;
using GatewayAgent.Portal.Series;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GatewayAgent.Portal.Api;

/// <summary>What is known of homes.</summary>
internal sealed class HomeRoutes(HomeReader homes)
{
    private const string Missing = "There is no home of this name.";

    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/homes", List).Needs(Role.Viewer).Documented<HomeListDocument>("List homes", "Filtered, in order, page by page.")
            .Takes(ApiParameters.Skip, ApiParameters.Limit, ApiParameters.Order, ApiParameters.Prefix, ApiParameters.Cause, ApiParameters.GettingWorse, ApiParameters.AssessedAfter);
        api.MapGet("/homes/{home}", Home).Needs(Role.Viewer).Takes()
            .Documented<HomeDocument>("One home", "How it is, what is wrong in short, its nodes and which serves which.").OfHome();
        api.MapGet("/homes/{home}/assessment", Assessment).Needs(Role.Viewer).Takes()
            .Documented<AssessmentDocument>("Diagnosis of a home", "What is wrong with its evidence, and what else was looked for. 404 also while it has not been assessed.").OfHome();
        api.MapGet("/homes/{home}/series", Series).Needs(Role.Viewer)
            .Takes(ApiParameters.Metrics, ApiParameters.Node, ApiParameters.From, ApiParameters.To, ApiParameters.Points)
            .Documented<SeriesDocument>("Series for charts", "In columns on one grid of time. Windows within the last two days, else merged hours; down-sampled exactly, by adding up what was measured.").OfHome();
        api.MapGet("/homes/{home}/channels", Channels).Needs(Role.Viewer).Takes()
            .Documented<ChannelMapDocument>("Channels of a home", "As each node heard them last: heard, quiet or unknown.").OfHome();
        api.MapGet("/homes/{home}/comparison", Comparison).Needs(Role.Viewer).Takes(ApiParameters.Moment, ApiParameters.Hours)
            .Documented<ComparisonDocument>("Before and after", "The home before and after a moment: what a change has brought.").OfHome();
        api.MapGet("/homes/{home}/quality", Quality).Needs(Role.Viewer).Takes()
            .Documented<QualityDocument>("Quality of the data", "Sources, ages, losses: how far the figures of a home can be trusted.").OfHome();
        api.MapGet("/homes/{home}/evidence", Evidence).Needs(Role.Care).Takes()
            .Documented<EvidenceBundle>("Evidence bundle", "All that is known of a home in one document that explains itself, for people and AI assistants.").OfHome();
        api.MapGet("/homes/{home}/data-elements", Elements).Needs(Role.Care).Takes()
            .Documented<JsonObject>("Data Elements of a home", "In the names and encodings of Wi-Fi Alliance Data Elements as of TR-181.").OfHome();
        api.MapGet("/homes/{home}/reports.csv", Csv).Needs(Role.Care).Takes().WithMetadata(new IsExport())
            .DocumentedText("Reports as CSV", "A row for each report and channel heard; an empty cell is \"not measured\".", "text/csv", Examples.Csv).OfHome();
    }

    private Answer List(HttpContext context) => Answer.Json(homes.Homes(context.Grant(), new HomeQuery
    {
        Skip = (int)ApiParameters.Skip.Of(context, 0)!.Value,
        Limit = LimitOf(context),
        Order = ApiParameters.Order.Of(context, HomeOrder.Name)!.Value,
        Prefix = ApiParameters.Prefix.Of(context, null),
        Cause = ApiParameters.Cause.Of(context, null),
        OnlyGettingWorse = ApiParameters.GettingWorse.Of(context, false)!.Value,
        AssessedAfter = ApiParameters.AssessedAfter.Of(context, null),
    }));

    public static int LimitOf(HttpContext context) => (int)ApiParameters.Limit.Of(context, PortalLimits.DefaultRows)!.Value;

    public static IResult Found<T>(T? document, string? fileName = null)
        where T : class => document == null ? ProblemType.NotFound.With(Missing) : Answer.Json(document, fileName);

    private IResult Home(HttpContext context, string home) => Found(homes.Home(context.Grant(), home));

    private IResult Assessment(HttpContext context, string home)
    {
        HomeAssessment? assessment = homes.Assessment(context.Grant(), home);
        if (assessment == null && homes.Exists(context.Grant(), home))
        {
            return ProblemType.NotFound.With("The home has not been assessed yet.");
        }

        return Found(assessment == null ? null : AssessmentDocument.Of(assessment));
    }

    private IResult Series(HttpContext context, string home)
    {
        DateTimeOffset to = ApiParameters.To.Of(context, homes.Now)!.Value;
        DateTimeOffset from = ApiParameters.From.Of(context, to.AddHours(-24))!.Value;
        if (from >= to || to - from > TimeSpan.FromDays(PortalLimits.MaxDays))
        {
            string reason = $"a moment before 'to' ({to.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}), at most {PortalLimits.MaxDays} days";
            return ProblemType.InvalidParameter.With(
                $"from: not {reason}.", [new FieldProblem(ApiParameters.From.Name, $"{from.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}", reason)]);
        }

        SeriesMetric[] metrics = [.. ApiParameters.Metrics.Of(context, [])!.Select(SeriesMetric.Of)];
        var query = new SeriesQuery(metrics, ApiParameters.Node.Of(context, null), from, to, (int)ApiParameters.Points.Of(context, PortalLimits.MaxPoints)!.Value);
        return Found(homes.Series(context.Grant(), home, query));
    }

    private IResult Channels(HttpContext context, string home) => Found(homes.Channels(context.Grant(), home));

    private IResult Comparison(HttpContext context, string home) => Found(homes.Comparison(
        context.Grant(),
        home,
        ApiParameters.Moment.Of(context, null)!.Value,
        (int)ApiParameters.Hours.Of(context, ApiParameters.DefaultComparisonHours)!.Value));

    private IResult Quality(HttpContext context, string home) => Found(homes.Quality(context.Grant(), home));

    private IResult Evidence(HttpContext context, string home) => Found(homes.Evidence(context.Grant(), home), $"{home}-evidence.json");

    private IResult Elements(HttpContext context, string home) => Found(homes.DataElements(context.Grant(), home), $"{home}-data-elements.json");

    private IResult Csv(HttpContext context, string home) =>
        homes.Exists(context.Grant(), home) ? new CsvAnswer(homes, home) : ProblemType.NotFound.With(Missing);
}
