using System.Device.I2c;

namespace GatewayAgent.NanoHost;

/// <summary>
/// An SSD1306 of 128 × 64 pixels as its controller sees the bus: commands move the page and the column, data fills pixels. Knows the page
/// addressing that the binding uses.
/// </summary>
public sealed class VirtualDisplay : IVirtualI2cDevice
{
    public const int Width = 128, Height = 64;

    private const byte CommandStream = 0x00, DataStream = 0x40;
    private const byte DisplayOff = 0xAE, DisplayOn = 0xAF, FirstPage = 0xB0, LastPage = 0xB7;

    // Of the commands that the binding sends these have a byte of argument.
    private static readonly byte[] _withArgument = [0x20, 0x81, 0x8D, 0xA8, 0xD3, 0xD5, 0xD9, 0xDA];

    private readonly object _gate = new();
    private readonly byte[] _pixels = new byte[Width * Height / 8];
    private int _page;
    private int _column;

    /// <summary>True from the command that switches it on.</summary>
    public bool IsOn { get; private set; }

    /// <summary>Transfers that held pixels.</summary>
    public int DataTransfers { get; private set; }

    /// <summary>No longer answers: unplugged.</summary>
    public bool IsGone { get; set; }

    /// <summary>The driver throws instead of answering.</summary>
    public bool IsFaulty { get; set; }

    public bool this[int x, int y]
    {
        get
        {
            lock (_gate)
            {
                return ((_pixels[(y / 8 * Width) + x] >> (y % 8)) & 1) != 0;
            }
        }
    }

    public I2cTransferStatus Write(ReadOnlySpan<byte> data)
    {
        if (IsFaulty)
        {
            throw new Exception("I2C driver error");
        }

        if (IsGone)
        {
            return I2cTransferStatus.SlaveAddressNotAcknowledged;
        }

        lock (_gate)
        {
            Take(data);
        }

        return I2cTransferStatus.FullTransfer;
    }

    private void Take(ReadOnlySpan<byte> data)
    {
        if (data[0] == DataStream)
        {
            DataTransfers++;
            foreach (byte pixels in data[1..])
            {
                _pixels[(_page * Width) + _column] = pixels;
                _column = (_column + 1) % Width;
            }
        }
        else if (data[0] == CommandStream)
        {
            Command(data[1..]);
        }
    }

    private void Command(ReadOnlySpan<byte> commands)
    {
        for (int i = 0; i < commands.Length; i++)
        {
            byte command = commands[i];
            if (command is >= FirstPage and <= LastPage)
            {
                _page = command - FirstPage;
            }
            else if (command < 0x10)
            {
                _column = (_column & 0xF0) | command;
            }
            else if (command < 0x20)
            {
                _column = ((command & 0x07) << 4) | (_column & 0x0F);
            }

            IsOn = command == DisplayOn || (command != DisplayOff && IsOn);
            i += _withArgument.Contains(command) ? 1 : 0;
        }
    }
}
