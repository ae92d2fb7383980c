using GatewayAgent.NanoHost;
using nanoFramework.Hardware.Esp32.Rmt;

namespace Iot.Device.Ws28xx.Esp32;

/// <summary>
/// A strip at a pin of the virtual board, whose pixels are WS2812B: what they show is read from the pulses, as they do. Pulses that mean nothing
/// to them leave them as they were.
/// </summary>
public class Ws28xx
{
    private const int SourceClockMhz = 80, BytesPerPixel = 3;

    // From the data sheet of the WS2812B.
    private const int ToleranceNs = 150, ResetNs = 50_000;

    private readonly int _pin;

    public Ws28xx(int gpioPin, BitmapImage image)
    {
        if (gpioPin < 0)
        {
            throw new ArgumentException();
        }

        _pin = gpioPin;
        Image = image;
    }

    public BitmapImage Image { get; }

    public byte ClockDivider { get; set; } = 2;

    public RmtCommand OnePulse { get; set; }

    public RmtCommand ZeroPulse { get; set; }

    public RmtCommand ResetCommand { get; set; }

    public void Update()
    {
        VirtualBoard board = NanoContext.Current.Board;
        bool isUnderstood = IsPulse(OnePulse, 800, 450) && IsPulse(ZeroPulse, 400, 850)
            && Ns(ResetCommand.Duration0) + Ns(ResetCommand.Duration1) >= ResetNs;
        if (isUnderstood)
        {
            board.Send(_pin, [.. Image.Data.Chunk(BytesPerPixel).Select(grb => new PixelColour(grb[1], grb[0], grb[2]))]);
        }
    }

    private bool IsPulse(RmtCommand pulse, int highNs, int lowNs) =>
        pulse.Level0 && !pulse.Level1
        && Math.Abs(Ns(pulse.Duration0) - highNs) <= ToleranceNs && Math.Abs(Ns(pulse.Duration1) - lowNs) <= ToleranceNs;

    private int Ns(ushort ticks) => ticks * ClockDivider * 1000 / SourceClockMhz;
}
