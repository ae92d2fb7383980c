namespace GatewayAgent.Indication;

/// <summary>What somebody did with the button.</summary>
public static class ButtonPress
{
    public const int None = 0;

    /// <summary>Up to two seconds.</summary>
    public const int Short = 1;

    /// <summary>Five seconds or more; told once, while it is still held.</summary>
    public const int Long = 2;
}
