using System.Device.I2c;

namespace Iot.Device.Ssd13xx;

/// <summary>An SSD1306 of 128 × 64 pixels.</summary>
public class Ssd1306 : Ssd13xx
{
    public const byte DefaultI2cAddress = 60;

    public const byte SecondaryI2cAddress = 61;

    /// <param name="resetPin">Not wired on the virtual board.</param>
    public Ssd1306(I2cDevice i2cDevice, int resetPin = -1)
        : base(i2cDevice)
    {
    }
}
