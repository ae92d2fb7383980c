namespace nanoFramework.Hardware.Esp32;

/// <summary>Values as on the device.</summary>
public enum DeviceFunction
{
    I2C1_DATA = 131328,
    I2C1_CLOCK = 131329,
}
