using System.Device.I2c;
using GatewayAgent.Device.Indication;
using GatewayAgent.Indication;
using GatewayAgent.NanoHost;
using GatewayAgent.Ports;
using nanoFramework.Hardware.Esp32;

namespace GatewayAgent.Tests.NanoHost;

/// <summary>The firmware's light, display and button over the virtual board.</summary>
public sealed class IndicationAdapterTests : IDisposable
{
    private const int LightPin = 8, ButtonPin = 0, Sda = 21, Scl = 22, Address = 0x3C;

    private readonly NanoContext _node = new("node");
    private readonly NanoContext.Scope _scope;
    private readonly VirtualDisplay _display = new();

    public IndicationAdapterTests() => _scope = _node.Enter();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Every_pixel_of_the_strip_shows_the_colour()
    {
        new StatusLight(LightPin, 3).Show(1, 2, 3);

        Assert.Equal(Enumerable.Repeat(new PixelColour(1, 2, 3), 3), _node.Board.Strip(LightPin));
        Assert.Equal(1, _node.Board.StripUpdates);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1000, 8)]
    public void A_strip_of_an_unlikely_length_is_taken_for_the_nearest_likely_one(int count, int pixels)
    {
        new StatusLight(LightPin, count).Show(0, 255, 0);

        Assert.Equal(pixels, _node.Board.Strip(LightPin).Count);
    }

    [Fact]
    public void The_display_is_found_at_its_pins_and_switched_on()
    {
        Assert.NotNull(Open());

        Assert.True(_display.IsOn);
        Assert.Equal((Sda, Scl), (_node.Board.PinOf(DeviceFunction.I2C1_DATA), _node.Board.PinOf(DeviceFunction.I2C1_CLOCK)));
    }

    [Fact]
    public void Text_stands_in_its_row_and_the_figure_is_three_times_as_large()
    {
        Open().Show("Hi", "1", -1, "", "");

        string[] expected =
        [
            "#...#...#...",
            "#...#.......",
            "#...#..##...",
            "#####...#...",
            "#...#...#...",
            "#...#...#...",
            "#...#..###..",
            "............",
        ];
        Assert.Equal(expected, Picture(0, 0, 12, 8, 1));

        string[] one =
        [
            "..#...",
            ".##...",
            "..#...",
            "..#...",
            "..#...",
            "..#...",
            ".###..",
        ];
        Assert.Equal(one, Picture(0, 16, 6, 7, 3));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 2)]
    [InlineData(50, 64)]
    [InlineData(100, 128)]
    public void The_bar_is_as_long_as_it_says(int percent, int filled)
    {
        Open().Show("Title", "", percent, "", "");

        // The middle of the bar: of its frame only both ends are there.
        int lit = Enumerable.Range(0, VirtualDisplay.Width).Count(x => _display[x, 44]);
        Assert.InRange(lit, filled, filled == 64 ? filled + 1 : filled);
    }

    [Fact]
    public void A_page_replaces_the_one_before_and_no_page_is_dark()
    {
        StatusDisplay screen = Open();
        screen.Show(new string('W', 21), "-99 dBm", 100, new string('W', 21), new string('W', 21));
        Assert.True(Lit() > 1000);

        screen.Show(null, "", -1, "", "");

        Assert.Equal(0, Lit());
    }

    [Fact]
    public void Text_that_no_font_holds_is_shown_as_it_can_be()
    {
        Open().Show("größer", "", -1, new string('x', 40), "");

        Assert.True(Lit() > 0);
    }

    [Fact]
    public void A_display_that_is_not_there_is_none() => Assert.Null(StatusDisplay.Open(Sda, Scl, Address));

    [Fact]
    public void A_bus_that_fails_at_start_is_no_display()
    {
        _display.IsFaulty = true;

        Assert.Null(Open());
    }

    [Fact]
    public void A_display_that_goes_is_given_up_and_not_waited_for_again()
    {
        StatusDisplay screen = Open();
        var bus = new CountedDevice(_display);
        _node.Board.I2c[Address] = bus;
        _display.IsGone = true;
        screen.Show("a", "", -1, "", "");
        Assert.Equal(1, bus.Transfers);

        screen.Show("b", "", -1, "", "");

        Assert.Equal(1, bus.Transfers);
    }

    [Fact]
    public void A_bus_that_fails_later_harms_nobody()
    {
        StatusDisplay screen = Open();
        _display.IsFaulty = true;

        screen.Show("a", "", -1, "", "");
        _display.IsFaulty = false;
        screen.Show("b", "", -1, "", "");

        Assert.Equal(0, _display.DataTransfers);
    }

    [Fact]
    public void A_press_is_noted_with_the_uptime_of_its_edges()
    {
        var clock = new HandClock();
        ButtonNotes notes = PushButton.Open(ButtonPin, clock).Notes;

        _node.Board.Press(ButtonPin);
        clock.UptimeMs = 6000;
        Assert.Equal(ButtonPress.Long, notes.Take(clock.UptimeMs));
        _node.Board.Release(ButtonPin);
        _node.Board.Press(ButtonPin);
        clock.UptimeMs += 100;
        _node.Board.Release(ButtonPin);

        Assert.Equal(ButtonPress.Short, notes.Take(clock.UptimeMs));
        Assert.Equal(ButtonPress.None, notes.Take(clock.UptimeMs));
    }

    [Fact]
    public void A_button_at_no_pin_is_none() => Assert.Null(PushButton.Open(99, new HandClock()));

    [Fact]
    public void Every_page_of_the_indicator_reaches_the_display()
    {
        StatusDisplay screen = Open();
        for (int state = NodeState.Booting; state <= NodeState.PlacementClose; state++)
        {
            int before = _display.DataTransfers;
            screen.Show(ScreenPage.Title(state), "-61 dBm", 58, ScreenPage.Words(state), "bedroom");
            Assert.Equal(before + 8, _display.DataTransfers);
        }
    }

    private StatusDisplay Open()
    {
        _node.Board.I2c[Address] = _display;
        return StatusDisplay.Open(Sda, Scl, Address);
    }

    private int Lit() =>
        Enumerable.Range(0, VirtualDisplay.Width * VirtualDisplay.Height).Count(i => _display[i % VirtualDisplay.Width, i / VirtualDisplay.Width]);

    /// <summary>Blocks of pixels as # and dots; all pixels of a block must agree.</summary>
    private string[] Picture(int left, int top, int columns, int rows, int scale) =>
        [.. Enumerable.Range(0, rows).Select(row => string.Concat(Enumerable.Range(0, columns).Select(column => Block(left + (column * scale), top + (row * scale), scale))))];

    private char Block(int left, int top, int scale)
    {
        bool isLit = _display[left, top];
        for (int i = 0; i < scale * scale; i++)
        {
            Assert.Equal(isLit, _display[left + (i % scale), top + (i / scale)]);
        }

        return isLit ? '#' : '.';
    }

    private sealed class HandClock : IClock
    {
        public long UptimeMs { get; set; }

        public uint UnixSeconds => 0;
    }

    private sealed class CountedDevice(IVirtualI2cDevice inner) : IVirtualI2cDevice
    {
        public int Transfers { get; private set; }

        public I2cTransferStatus Write(ReadOnlySpan<byte> data)
        {
            Transfers++;
            return inner.Write(data);
        }
    }
}
