namespace GatewayAgent.NanoHost;

/// <summary>Colour of a pixel as it was sent, 0–255 each.</summary>
public readonly record struct PixelColour(byte Red, byte Green, byte Blue)
{
    public bool IsDark => this == default;
}
