using System;
using GatewayAgent.Indication;
using Iot.Device.Ws28xx.Esp32;
using nanoFramework.Hardware.Esp32.Rmt;

namespace GatewayAgent.Device.Indication;

/// <summary>
/// WS2812B pixels, all in one colour. An update makes and drops some 700 bytes a pixel in the binding: fine for a few changes a second, and
/// none when nothing changes.
/// </summary>
public sealed class StatusLight : ILight
{
    // More would be a lamp, and each has its commands on the heap while it is updated.
    private const int MostPixels = 8;

    private readonly Ws28xx _strip;
    private readonly int _count;
    private bool _hasFailed;

    /// <param name="pin">GPIO of the data line.</param>
    /// <param name="count">Pixels, 1–8.</param>
    public StatusLight(int pin, int count)
    {
        _count = count < 1 ? 1 : count > MostPixels ? MostPixels : count;

        // Not the binding's Ws2812b: its image holds three bits for one, for SPI, and this driver would send them as they stand.
        // Ticks are 25 ns: 80 MHz by two.
        _strip = new Ws28xx(pin, new BitmapImageWs2808Grb(_count, 1))
        {
            ClockDivider = 2,
            OnePulse = new RmtCommand(32, true, 18, false),
            ZeroPulse = new RmtCommand(16, true, 34, false),
            ResetCommand = new RmtCommand(2000, false, 2000, false),
        };
    }

    public void Show(byte red, byte green, byte blue)
    {
        if (_hasFailed)
        {
            return;
        }

        try
        {
            for (int i = 0; i < _count; i++)
            {
                _strip.Image.SetPixel(i, 0, red, green, blue);
            }

            _strip.Update();
        }
        catch (Exception e)
        {
            // No channel is free, or the pin is none: nobody needs a light to measure.
            _hasFailed = true;
            Console.WriteLine("light: given up: " + e.Message);
        }
    }
}
