using System.Collections.Concurrent;
using System.Device.Gpio;
using nanoFramework.Hardware.Esp32;

namespace GatewayAgent.NanoHost;

/// <summary>
/// What is wired to a virtual node: light strips by their pin, devices on the I2C bus, and buttons. The node drives it from its threads,
/// tools look at it and press from theirs.
/// </summary>
public sealed class VirtualBoard
{
    private readonly ConcurrentDictionary<int, PixelColour[]> _strips = new();
    private readonly ConcurrentDictionary<int, PinChangeEventHandler> _edges = new();
    private readonly ConcurrentDictionary<DeviceFunction, int> _functions = new();

    /// <summary>What answers on the I2C bus, by address.</summary>
    public ConcurrentDictionary<int, IVirtualI2cDevice> I2c { get; } = new();

    /// <summary>Updates that were sent to light strips.</summary>
    public int StripUpdates { get; private set; }

    /// <summary>Colours of the strip at a pin; empty when none was ever sent.</summary>
    public IReadOnlyList<PixelColour> Strip(int pin) => _strips.TryGetValue(pin, out PixelColour[] strip) ? strip : [];

    /// <summary>The pin that a function was given to, or −1.</summary>
    public int PinOf(DeviceFunction function) => _functions.GetValueOrDefault(function, -1);

    /// <summary>Pulls the pin to ground, as a button does. Nothing happens when the node does not listen to it.</summary>
    public void Press(int pin) => Edge(pin, PinEventTypes.Falling);

    /// <summary>Lets the pin go up again.</summary>
    public void Release(int pin) => Edge(pin, PinEventTypes.Rising);

    internal void SetFunction(int pin, DeviceFunction function) => _functions[function] = pin;

    internal void Send(int pin, PixelColour[] strip)
    {
        _strips[pin] = strip;
        StripUpdates++;
    }

    internal void Listen(int pin, PinChangeEventHandler handler) => _edges[pin] = handler;

    internal void StopListening(int pin) => _edges.TryRemove(pin, out _);

    private void Edge(int pin, PinEventTypes edge)
    {
        if (_edges.TryGetValue(pin, out PinChangeEventHandler handler))
        {
            handler(this, new PinValueChangedEventArgs(edge, pin));
        }
    }
}
