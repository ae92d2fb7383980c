namespace GatewayAgent.Ports;

/// <summary>Negative results of the native layer (ABI 1). Below <see cref="EspError"/>: −(1000 + esp_err_t).</summary>
public static class RadioStatus
{
    public const int BufferTooSmall = -1;
    public const int Busy = -2;
    public const int NotConnected = -3;
    public const int Unsupported = -4;
    public const int EspError = -1000;
}
