using GatewayAgent.Indication;

namespace GatewayAgent.DeviceTests.Fakes;

/// <summary>A light that counts how often it was touched.</summary>
public sealed class FakeLight : ILight
{
    /// <summary>RRGGBB.</summary>
    public int Colour { get; private set; }

    public int Changes { get; private set; }

    public bool IsDark => Colour == 0;

    public void Show(byte red, byte green, byte blue)
    {
        Colour = (red << 16) | (green << 8) | blue;
        Changes++;
    }
}
