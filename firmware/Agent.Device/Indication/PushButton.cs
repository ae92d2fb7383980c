using System;
using GatewayAgent.Indication;
using GatewayAgent.Ports;
using Iot.Device.Button;

namespace GatewayAgent.Device.Indication;

/// <summary>
/// A push button between a pin and ground. Only the binding's edges are used: its times are those of the wall clock, which steps. They come on the
/// runtime's event thread, so they are noted and no more.
/// </summary>
public sealed class PushButton
{
    private readonly IClock _clock;
    private readonly GpioButton _button;

    private PushButton(int pin, IClock clock)
    {
        _clock = clock;
        _button = new GpioButton(pin);
        _button.ButtonDown += OnDown;
        _button.ButtonUp += OnUp;
    }

    public ButtonNotes Notes { get; } = new ButtonNotes();

    /// <param name="pin">GPIO; pulled up by the chip where the pin can do that.</param>
    /// <param name="clock">Uptime of the edges.</param>
    /// <returns>Null when the pin cannot be used; the log says so.</returns>
    public static PushButton Open(int pin, IClock clock)
    {
        try
        {
            return new PushButton(pin, clock);
        }
        catch (Exception e)
        {
            Console.WriteLine("button: " + e.Message);
            return null;
        }
    }

    private void OnDown(object sender, EventArgs e) => Notes.Down(_clock.UptimeMs);

    private void OnUp(object sender, EventArgs e) => Notes.Up(_clock.UptimeMs);
}
