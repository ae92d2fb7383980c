using GatewayAgent.Radio.Native.V1;

namespace GatewayAgent.Device.Radio;

/// <summary>The native assembly of the image: only calls, because only a board can run them.</summary>
public sealed class NativeRadioV1 : INativeRadio
{
    public int GetCaps(byte[] record) => RadioNative.GetCaps(record);

    public int GetLink(byte[] record) => RadioNative.GetLink(record);

    public int GetStations(byte[] records) => RadioNative.GetStations(records);

    public int TakeChannels(byte[] records) => RadioNative.TakeChannels(records);

    public int GetTotals(byte[] record) => RadioNative.GetTotals(record);

    public int GetHealth(byte[] record) => RadioNative.GetHealth(record);

    public int BeginDwell(int channel, int milliseconds) => RadioNative.BeginDwell(channel, milliseconds);
}
