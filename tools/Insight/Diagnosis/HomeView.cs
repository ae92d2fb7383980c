using GatewayAgent.Insight.Facts;
using GatewayAgent.Insight.Scoring;

namespace GatewayAgent.Insight.Diagnosis;

/// <summary>A home at the moment of its assessment, as the rules see it.</summary>
internal sealed class HomeView
{
    // Change points and usual times of day need weeks, not months.
    private const int MostHours = 28 * HourGrid.Day;

    public HomeView(HomeFacts facts, Thresholds limits)
    {
        Facts = facts;
        Limits = limits;
        DateTimeOffset last = HomeStability.DayBefore(facts.Now).AddHours(HourGrid.Day - 1);
        int hours = (int)Math.Clamp((last - HomeStability.WholeHour(facts.From)).TotalHours + 1, 1, MostHours);
        Grid = new HourGrid(last.AddHours(1 - hours), hours, facts.UtcOffset);
        Nodes = [.. facts.Nodes.Select(node => new NodeView(node, Grid, limits))];
    }

    public HomeFacts Facts { get; }

    public Thresholds Limits { get; }

    public DateTimeOffset Now => Facts.Now;

    public HourGrid Grid { get; }

    public IReadOnlyList<NodeView> Nodes { get; }
}
