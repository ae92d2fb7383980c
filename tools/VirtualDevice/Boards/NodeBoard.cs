using GatewayAgent.Control;
using GatewayAgent.Device.Indication;
using GatewayAgent.Indication;
using GatewayAgent.NanoHost;
using GatewayAgent.Ports;

namespace GatewayAgent.VirtualDevice.Boards;

/// <summary>
/// Light, display and button of a virtual node: the firmware's adapters over the virtual board. Looked at and pressed from any thread; steps
/// on the simulation's.
/// </summary>
public sealed class NodeBoard
{
    private const int LightPin = 8, ButtonPin = 9, SdaPin = 21, SclPin = 22, DisplayAddress = 0x3C;
    private const int ShortMs = 200, LongMs = 5500;

    private readonly VirtualBoard _board;
    private readonly Indicator _indicator;
    private readonly ReadableScreen _screen;
    private int _pressMs;
    private long _releaseAt = long.MaxValue;

    /// <summary>Wires the current node's board.</summary>
    internal NodeBoard(NodeStatus status, AgentSettings settings, IClock clock)
    {
        _board = NanoContext.Current.Board;
        _board.I2c[DisplayAddress] = Display;
        _screen = new ReadableScreen(StatusDisplay.Open(SdaPin, SclPin, DisplayAddress));
        ButtonNotes button = PushButton.Open(ButtonPin, clock).Notes;
        _indicator = new Indicator(status, new StatusLight(LightPin, 1), _screen, button, settings, clock.UptimeMs);
    }

    /// <summary>The pixels.</summary>
    public VirtualDisplay Display { get; } = new();

    /// <summary>What the display says; null = dark.</summary>
    public ShownPage? Page => _screen.Page;

    public PixelColour Light => _board.Strip(LightPin) is [var colour, ..] ? colour : default;

    /// <summary>The <see cref="NodeState"/> on show.</summary>
    public int State => _indicator.State;

    /// <summary>Presses the button for as long as people do.</summary>
    /// <param name="isLong">Held until the light answers.</param>
    public void Press(bool isLong) => Interlocked.Exchange(ref _pressMs, isLong ? LongMs : ShortMs);

    internal int Step(long now)
    {
        if (now >= _releaseAt)
        {
            _board.Release(ButtonPin);
            _releaseAt = long.MaxValue;
        }

        if (_releaseAt == long.MaxValue && Interlocked.Exchange(ref _pressMs, 0) is > 0 and int held)
        {
            _board.Press(ButtonPin);
            _releaseAt = now + held;
        }

        return (int)Math.Min(_indicator.Step(now), Math.Max(1, _releaseAt - now));
    }
}
