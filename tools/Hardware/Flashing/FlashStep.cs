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
        FlashStep.Online => "watch the first start",
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };

    /// <summary>What the board is when a step has failed: the agent is written last, so that no node runs half configured.</summary>
    /// <param name="state">How far flashing has come; null = not even the board was seen.</param>
    public static string Aftermath(FlashState? state)
    {
        bool isDone(FlashStep step) => state?.Done.Contains(step) ?? false;
        bool isBegun(FlashStep step) => state?.Begun.Contains(step) ?? false;

        return isDone(FlashStep.AgentCheck) ? "The agent is on the board, and loaded."
            : isDone(FlashStep.Agent) ? "The agent was written; whether it runs is not known."
            : isBegun(FlashStep.Agent) ? "The agent may not be whole, and then it does not start. Everything else is in its place: no node is half configured."
            : isDone(FlashStep.OldAgent) ? "There is no agent on the board until this is finished: it does nothing, and no node is half configured."
            : isBegun(FlashStep.OldAgent) ? "What ran on the board still runs, or nothing does; its settings and files are as they were."
            : state is { IsBegun: true } ? "This run wrote nothing. An earlier one did not come to its end: the board may be without an agent."
            : "This run wrote nothing: the board is as it was.";
    }
}
