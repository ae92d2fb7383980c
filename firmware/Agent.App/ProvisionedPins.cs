namespace GatewayAgent.App;

/// <summary>The light in <c>agent.json</c>; −1 = none.</summary>
public sealed class LightPins
{
    public int pin { get; set; } = -1;

    /// <summary>Pixels, 1–8.</summary>
    public int count { get; set; } = 1;
}

/// <summary>The display in <c>agent.json</c>; −1 = none.</summary>
public sealed class DisplayPins
{
    public int sda { get; set; } = -1;

    public int scl { get; set; } = -1;

    public int address { get; set; } = 0x3C;
}

/// <summary>The button in <c>agent.json</c>; −1 = none.</summary>
public sealed class ButtonPins
{
    public int pin { get; set; } = -1;
}
