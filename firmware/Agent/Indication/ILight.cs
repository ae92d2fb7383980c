namespace GatewayAgent.Indication;

/// <summary>The status light. Called from one thread; no method throws.</summary>
public interface ILight
{
    /// <summary>Shows a colour, 0–255 each as it goes to the light; three zeros are dark.</summary>
    void Show(byte red, byte green, byte blue);
}
