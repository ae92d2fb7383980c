using System.Device.I2c;

namespace GatewayAgent.NanoHost;

/// <summary>Something that answers at an address of the virtual board's I2C bus.</summary>
public interface IVirtualI2cDevice
{
    /// <summary>Takes one transfer.</summary>
    /// <exception cref="Exception">The bus driver gives up: on the device most of its errors have no type of their own.</exception>
    I2cTransferStatus Write(ReadOnlySpan<byte> data);
}
