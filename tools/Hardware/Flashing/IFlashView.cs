using GatewayAgent.Hardware.Tools;

namespace GatewayAgent.Hardware.Flashing;

/// <summary>Shows a person how flashing goes.</summary>
public interface IFlashView
{
    void Begin(FlashStep step);

    /// <summary>What is run now.</summary>
    void Run(ToolCommand command);

    /// <param name="percent">Of the present step, 0–100.</param>
    void Progress(double percent);

    /// <summary>The step is done.</summary>
    void Done(string what);

    /// <summary>Asks before the first byte is written.</summary>
    bool Confirm(string question);

    /// <summary>The step is not needed, or was done by an earlier run.</summary>
    void Skip(FlashStep step, string why);
}

/// <summary>Hears whether a node has come to its broker.</summary>
public interface IFirstBoot
{
    /// <summary>The boot that the broker knows of now; null = none.</summary>
    uint? Now();

    /// <summary>Waits for another boot than that.</summary>
    /// <returns>In words, who came; null when nobody did.</returns>
    string? Await(uint? before, CancellationToken stop);
}
