namespace GatewayAgent.Hardware.Flashing;

/// <summary>A step failed.</summary>
/// <param name="step">Which.</param>
/// <param name="reason">Why, and what to do.</param>
/// <param name="aftermath">What the board is now.</param>
public sealed class FlashException(FlashStep step, string reason, string aftermath) : Exception($"{step.Title()}: {reason}\n{aftermath}")
{
    public FlashStep Step { get; } = step;

    /// <summary>What the board is now.</summary>
    public string Aftermath { get; } = aftermath;
}
