using GatewayAgent.Insight.Facts;

namespace GatewayAgent.Portal.Series;

/// <summary>Adds up what one point of a series stands for. What was not measured adds nothing.</summary>
internal abstract class Accumulator
{
    /// <summary>Null = nothing was measured.</summary>
    public abstract double? Value { get; }

    /// <summary>Takes a window, or the merged windows of an hour.</summary>
    public virtual void Add(NodeWindow window)
    {
    }

    /// <summary>Takes how an hour was for its users.</summary>
    public virtual void Add(NodeHour hour)
    {
    }
}
