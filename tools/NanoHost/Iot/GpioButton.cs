using System.Device.Gpio;

namespace Iot.Device.Button;

/// <summary>A button between a pin of the virtual board and ground.</summary>
public class GpioButton : ButtonBase
{
    private readonly GpioController _gpio;

    /// <exception cref="ArgumentException">There is no such pin, or it is an output.</exception>
    public GpioButton(
        int buttonPin, GpioController gpio = null, bool shouldDispose = true, PinMode pinMode = PinMode.InputPullUp, TimeSpan debounceTime = default)
    {
        if (pinMode == PinMode.Output)
        {
            throw new ArgumentException("GPIO pin can only be set to input, not to output.");
        }

        _gpio = gpio ?? new GpioController();
        _gpio.SetPinMode(buttonPin, pinMode);
        PinEventTypes down = pinMode == PinMode.InputPullUp ? PinEventTypes.Falling : PinEventTypes.Rising;
        _gpio.RegisterCallbackForPinValueChangedEvent(buttonPin, PinEventTypes.Falling | PinEventTypes.Rising, (_, e) =>
        {
            if (e.ChangeType == down)
            {
                HandleButtonPressed();
            }
            else
            {
                HandleButtonReleased();
            }
        });
    }

    protected override void Dispose(bool disposing) => _gpio.Dispose();
}
