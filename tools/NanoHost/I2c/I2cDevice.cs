using GatewayAgent.NanoHost;
using nanoFramework.Hardware.Esp32;

namespace System.Device.I2c;

/// <summary>A device on the virtual board's bus. As on an ESP32 the bus has no pins until they are given to it.</summary>
public class I2cDevice : IDisposable
{
    private readonly VirtualBoard _board = NanoContext.Current.Board;

    /// <exception cref="ArgumentException">The bus has no pins: Configuration.SetPinFunction comes first.</exception>
    public I2cDevice(I2cConnectionSettings settings)
    {
        if (settings.BusId != 1 || _board.PinOf(DeviceFunction.I2C1_DATA) < 0 || _board.PinOf(DeviceFunction.I2C1_CLOCK) < 0)
        {
            throw new ArgumentException();
        }

        ConnectionSettings = settings;
    }

    public I2cConnectionSettings ConnectionSettings { get; }

    public I2cTransferResult WriteByte(byte value) => Transfer([value]);

    public void Dispose()
    {
    }

    /// <summary>The device's Write takes a SpanByte; only bindings call it.</summary>
    internal I2cTransferResult Transfer(ReadOnlySpan<byte> data)
    {
        I2cTransferStatus status = _board.I2c.TryGetValue(ConnectionSettings.DeviceAddress, out IVirtualI2cDevice device)
            ? device.Write(data)
            : I2cTransferStatus.SlaveAddressNotAcknowledged;
        return new I2cTransferResult(status, status == I2cTransferStatus.FullTransfer ? (uint)data.Length : 0);
    }
}
