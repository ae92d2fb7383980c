using System.Device.I2c;

namespace Iot.Device.Ssd13xx;

/// <summary>
/// A display of 128 × 64 pixels by the transfers that the binding makes. As there, nobody looks at what became of them.
/// </summary>
public abstract class Ssd13xx : IDisposable
{
    private const byte CommandStream = 0x00, DataStream = 0x40, FirstPage = 0xB0;
    private const int PageHeight = 8;

    private static readonly byte[] _start =
    [
        CommandStream, 0xAE, 0xD5, 0x80, 0xA8, 0x3F, 0xD3, 0x00, 0x40, 0x8D, 0x14, 0x20, 0x00, 0xA1, 0xC8, 0xDA, 0x12, 0x81, 0xCF, 0xD9, 0xF1, 0xDB, 0x40,
        0xA4, 0xA6, 0xAF,
    ];

    private readonly I2cDevice _bus;
    private readonly byte[] _pixels;

    private protected Ssd13xx(I2cDevice i2cDevice)
    {
        _bus = i2cDevice ?? throw new ArgumentNullException(nameof(i2cDevice));
        _bus.Transfer(_start);
        _pixels = new byte[Width * Height / PageHeight];
    }

    public int Width { get; set; } = 128;

    public int Height { get; set; } = 64;

    /// <exception cref="ArgumentException">Row or height are no whole pages, or the buffer has another size.</exception>
    public void DrawDirectAligned(int x, int y, int width, int height, byte[] buffer)
    {
        if (y % PageHeight != 0 || height % PageHeight != 0 || height / PageHeight * width != buffer.Length)
        {
            throw new ArgumentException();
        }

        for (int page = 0; page < height / PageHeight; page++)
        {
            Array.Copy(buffer, page * width, _pixels, (((y / PageHeight) + page) * Width) + x, width);
        }
    }

    public void Display()
    {
        for (int page = 0; page < Height / PageHeight; page++)
        {
            _bus.Transfer([CommandStream, (byte)(FirstPage + page), 0x00, 0x10]);
            _bus.Transfer([DataStream, .. _pixels.AsSpan(page * Width, Width)]);
        }
    }

    public void Dispose() => _bus.Dispose();
}
