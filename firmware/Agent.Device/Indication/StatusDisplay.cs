using System;
using System.Device.I2c;
using GatewayAgent.Indication;
using Iot.Device.Ssd13xx;
using nanoFramework.Hardware.Esp32;

namespace GatewayAgent.Device.Indication;

/// <summary>
/// An SSD1306 display of 128 × 64 pixels at the first I2C bus. Pages are put together a row of eight pixels at a time; the binding's own text
/// would need a font 8 pixels wide (16 characters a line) and draws pixel by pixel.
/// </summary>
public sealed class StatusDisplay : IScreen
{
    private const int Width = 128, Rows = 8, RowHeight = 8;
    private const int FigureRow = 2, FigureScale = 3, BarRow = 5, WordsRow = 6, DetailRow = 7;
    private const int Bus = 1;

    private readonly I2cDevice _bus;
    private readonly Ssd1306 _display;
    private readonly PixelFont _font = new PixelFont();
    private readonly byte[] _row = new byte[Width];
    private bool _hasFailed;

    private StatusDisplay(I2cDevice bus)
    {
        _bus = bus;
        _display = new Ssd1306(bus);
    }

    /// <summary>Looks for the display.</summary>
    /// <param name="sda">GPIO of the data line.</param>
    /// <param name="scl">GPIO of the clock line.</param>
    /// <param name="address">I2C address, usually 0x3C.</param>
    /// <returns>Null when it does not answer; the log says so.</returns>
    public static StatusDisplay Open(int sda, int scl, int address)
    {
        try
        {
            Configuration.SetPinFunction(sda, DeviceFunction.I2C1_DATA);
            Configuration.SetPinFunction(scl, DeviceFunction.I2C1_CLOCK);
            I2cDevice bus = new I2cDevice(new I2cConnectionSettings(Bus, address, I2cBusSpeed.FastMode));
            if (Answers(bus))
            {
                return new StatusDisplay(bus);
            }

            bus.Dispose();
            Console.WriteLine("display: no answer");
        }
        catch (Exception e)
        {
            Console.WriteLine("display: " + e.Message);
        }

        return null;
    }

    public void Show(string title, string figure, int bar, string words, string detail)
    {
        if (_hasFailed)
        {
            return;
        }

        try
        {
            Draw(title, figure, bar, words, detail);
        }
        catch (Exception e)
        {
            _hasFailed = true;
            Console.WriteLine("display: given up: " + e.Message);
        }
    }

    // The binding does not look at what the bus says, and each of its 16 transfers would wait for a display that has gone.
    private static bool Answers(I2cDevice bus) => bus.WriteByte(0).Status == I2cTransferStatus.FullTransfer;

    private void Draw(string title, string figure, int bar, string words, string detail)
    {
        if (!Answers(_bus))
        {
            throw new Exception("no answer");
        }

        for (int row = 0; row < Rows; row++)
        {
            Array.Clear(_row, 0, Width);
            if (title != null)
            {
                Compose(row, title, figure, bar, words, detail);
            }

            _display.DrawDirectAligned(0, row * RowHeight, Width, RowHeight, _row);
        }

        _display.Display();
    }

    private void Compose(int row, string title, string figure, int bar, string words, string detail)
    {
        if (row >= FigureRow && row < FigureRow + FigureScale)
        {
            ComposeFigure(figure, row - FigureRow);
        }
        else if (row == BarRow)
        {
            ComposeBar(bar);
        }
        else if (row != 1)
        {
            ComposeText(row == WordsRow ? words : row == DetailRow ? detail : title);
        }
    }

    private void ComposeText(string text)
    {
        for (int x = 0; x < text.Length * PixelFont.Pitch && x < Width; x++)
        {
            _row[x] = _font.Column(text[x / PixelFont.Pitch], x % PixelFont.Pitch);
        }
    }

    // A strip of eight pixels of characters three times as large.
    private void ComposeFigure(string figure, int strip)
    {
        const int Pitch = PixelFont.Pitch * FigureScale;
        for (int x = 0; x < figure.Length * Pitch && x < Width; x++)
        {
            int column = _font.Column(figure[x / Pitch], x % Pitch / FigureScale);
            for (int y = 0; y < RowHeight; y++)
            {
                int pixel = (column >> (((strip * RowHeight) + y) / FigureScale)) & 1;
                _row[x] |= (byte)(pixel << y);
            }
        }
    }

    private void ComposeBar(int percent)
    {
        const byte Frame = 0x42, Filled = 0x7E;
        for (int x = 0; percent >= 0 && x < Width; x++)
        {
            _row[x] = x * 100 < percent * Width || x == 0 || x == Width - 1 ? Filled : Frame;
        }
    }
}
