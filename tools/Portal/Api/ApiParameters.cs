using GatewayAgent.Collector.Store;
using GatewayAgent.Insight.Diagnosis;
using GatewayAgent.Portal.Http;
using GatewayAgent.Portal.Series;

namespace GatewayAgent.Portal.Api;

/// <summary>The query parameters of the API.</summary>
internal static class ApiParameters
{
    public const int DefaultComparisonHours = 24 * 7;

    public static readonly NumberParameter Skip = new("skip", 0, 10_000_000, 0, "Rows to leave out at the beginning.");
    public static readonly NumberParameter Limit = new("limit", 1, PortalLimits.MaxRows, PortalLimits.DefaultRows, "Most rows of the answer.");

    public static readonly ChoiceParameter<HomeOrder> Order = new(
        "order", HomeOrder.Name, "`name`; `worst`: least index first; `falling`: largest fall below the baseline first; `assessed`: by the moment of the assessment.");

    public static readonly IdParameter Prefix = new("prefix", "h1", "Only homes whose name begins with this.");
    public static readonly ChoiceParameter<Cause> Cause = new("cause", null, "Only homes whose likeliest cause is this.");
    public static readonly FlagParameter GettingWorse = new("gettingWorse", "Only homes that have got worse than their baseline.");
    public static readonly MomentParameter AssessedAfter = new("assessedAfter", "Only homes assessed after this moment.");

    public static readonly WordsParameter Metrics =
        new("metric", [.. SeriesMetric.All.Select(metric => metric.Name)], PortalLimits.MaxMetrics, "Metrics to draw, separated by commas.") { IsRequired = true };

    public static readonly IdParameter Node = new("node", "attic", "Only this node.");
    public static readonly MomentParameter From = new("from", "Beginning; 24 hours before `to` when it is left out.");
    public static readonly MomentParameter To = new("to", "End; now when it is left out.");
    public static readonly NumberParameter Points = new("points", 2, PortalLimits.MaxPoints, PortalLimits.MaxPoints, "Most points of a series.");

    public static readonly NumberParameter Before = new("before", 1, long.MaxValue, null, "Only events with a lesser key: `nextBefore` of the page before.");
    public static readonly IdParameter Home = new("home", "h17", "Only this home.");

    public static readonly MomentParameter Moment = new("at", "The moment of the change.") { IsRequired = true };

    public static readonly NumberParameter Hours = new("hours", 1, PortalLimits.MaxDays * 12, DefaultComparisonHours, "Hours to look at on either side.");
}
