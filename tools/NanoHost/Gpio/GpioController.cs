using GatewayAgent.NanoHost;

namespace System.Device.Gpio;

/// <summary>Pins of the virtual board: one listener each, which is carried into the node as the device's events are.</summary>
public sealed class GpioController : IDisposable
{
    private const int Pins = 49;

    private readonly NanoContext _context = NanoContext.Current;
    private readonly HashSet<int> _open = [];

    /// <exception cref="ArgumentException">There is no such pin.</exception>
    public void SetPinMode(int pinNumber, PinMode mode)
    {
        if (pinNumber is < 0 or >= Pins)
        {
            throw new ArgumentException();
        }

        _open.Add(pinNumber);
    }

    public bool IsPinOpen(int pinNumber) => _open.Contains(pinNumber);

    public void RegisterCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback) =>
        _context.Board.Listen(pinNumber, (sender, e) =>
        {
            if ((e.ChangeType & eventTypes) != 0)
            {
                _context.Run(() => callback(sender, e));
            }
        });

    public void UnregisterCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback) => _context.Board.StopListening(pinNumber);

    public void Dispose()
    {
        foreach (int pin in _open)
        {
            _context.Board.StopListening(pin);
        }
    }
}
