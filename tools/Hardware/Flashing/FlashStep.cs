namespace GatewayAgent.Hardware.Flashing;

/// <summary>The steps, in their order. Their names stand in the state file.</summary>
public enum FlashStep
{
    Board,
    Image,
    Backup,
    OldAgent,
    Runtime,
    RuntimeCheck,
    Files,
    Network,
    Agent,
    AgentCheck,
    Online,
}

public static class FlashSteps
{
    public static IReadOnlyList<FlashStep> All { get; } = Enum.GetValues<FlashStep>();

    /// <summary>Whether it changes the board: such a step is not interrupted.</summary>
    public static bool Writes(this FlashStep step) => step is FlashStep.OldAgent or FlashStep.Runtime or FlashStep.Files or FlashStep.Network or FlashStep.Agent;

    public static string Title(this FlashStep step) => step switch
    {
        FlashStep.Board => "look at the board",
        FlashStep.Image => "fetch the image and compare it with the agent",
        FlashStep.Backup => "back up the flash",
        FlashStep.OldAgent => "take the old agent away",
        FlashStep.Runtime => "write the runtime",
        FlashStep.RuntimeCheck => "see that the runtime answers",
        FlashStep.Files => "put the files there",
        FlashStep.Network => "put the network's settings there",
        FlashStep.Agent => "write the agent",
        FlashStep.AgentCheck => "see that the agent is loaded",
        FlashStep.Online => "wait for the node at the broker",
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };

    /// <summary>What the board is when this step has failed: the agent is written last, so that no node runs half configured.</summary>
    /// <param name="step">It failed.</param>
    /// <param name="isBegun">Something was written before.</param>
    public static string Aftermath(this FlashStep step, bool isBegun) => step switch
    {
        FlashStep.AgentCheck => "The agent was written; whether it runs is not known.",
        FlashStep.Online => "The agent is on the board.",
        _ when step.Writes() || isBegun => "There is no agent on the board until this is finished: it does nothing, and no node is half configured.",
        _ => "Nothing was written: the board is as it was.",
    };
}
