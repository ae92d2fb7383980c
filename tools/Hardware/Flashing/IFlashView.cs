using GatewayAgent.Hardware.Tools;

namespace GatewayAgent.Hardware.Flashing;

/// <summary>Shows a person how flashing goes.</summary>
public interface IFlashView
{
    void Begin(FlashStep step);

    /// <summary>Something else has to end first.</summary>
    void Wait(string forWhat);

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

/// <summary>Watches a board's first start, and its node's way to the broker.</summary>
public interface IFirstBoot
{
    /// <summary>Node and broker in words; null = no broker is asked.</summary>
    string? Node { get; }

    /// <summary>The boot that the broker knows of now; null = none.</summary>
    uint? Now();

    /// <summary>Watches until the broker knows of another boot than that.</summary>
    /// <returns>In words, what was seen.</returns>
    /// <exception cref="HardwareException">The node did not come to its broker in time; the message says what is known of why.</exception>
    string Await(uint? before, CancellationToken stop);
}
