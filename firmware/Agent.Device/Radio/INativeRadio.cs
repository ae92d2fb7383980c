namespace GatewayAgent.Device.Radio;

/// <summary>
/// The calls of the native assembly (see <c>RadioNative</c> of Radio.Native.V1, which has the records) as an interface, so that the
/// adapter above it runs wherever the records come from.
/// </summary>
public interface INativeRadio
{
    int GetCaps(byte[] record);

    int GetLink(byte[] record);

    int GetStations(byte[] records);

    int TakeChannels(byte[] records);

    int GetTotals(byte[] record);

    int GetHealth(byte[] record);

    int BeginDwell(int channel, int milliseconds);
}
