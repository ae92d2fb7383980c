using GatewayAgent.Gw.Survey;
using GatewayAgent.Protocol;
using Google.Protobuf;
using Spectre.Console;

namespace GatewayAgent.Tests.Gw;

public sealed class ChannelMapTests
{
    private readonly ChannelMap _live = new(isSum: false), _sum = new(isSum: true);

    [Fact]
    public void Quiet_heard_and_never_listened_to_are_told_apart()
    {
        Add(_live, 0, new Survey { Quiet2G = 1 << 3, QuietDwellCs = { 24 }, Heard = { 6, 100, 2, 60, 9, 1, 50, 0 } });

        ChannelView heard = Channel(_live, 6), quiet = Channel(_live, 3), unknown = Channel(_live, 4);
        Assert.Equal((ChannelState.Heard, 1.0, true), (heard.State, heard.DwellSeconds, heard.IsOwn));
        Assert.Equal((ChannelState.Quiet, 0.24, (long?)0), (quiet.State, quiet.DwellSeconds, quiet.AgeSeconds));
        Assert.Equal((ChannelState.NotListened, (double?)null, (long?)null), (unknown.State, unknown.DwellSeconds, unknown.AgeSeconds));
        Assert.Equal(13, _live.Channels().Count);
    }

    [Fact]
    public void Air_time_is_no_utilisation_and_a_channel_heard_from_beside_has_none_of_both()
    {
        Add(_live, 0, new Survey { Heard = { 1, 100, 2, 60, 9, 1, 50, 0, 2, 0, 1, 90, 1, 0, 1, 0, 6, 100, 1, 40, 9, 1, 50, 2, 102, 50, 52, 7 } });

        Assert.Equal((null, 5.0), (Channel(_live, 1).StatedPercent, Channel(_live, 1).AirtimePercent));
        Assert.Equal((null, null), (Channel(_live, 2).StatedPercent, Channel(_live, 2).AirtimePercent));
        Assert.Equal((20.0, 5.0), (Channel(_live, 6).StatedPercent, Channel(_live, 6).AirtimePercent));
    }

    [Fact]
    public void Live_a_channel_shows_its_last_window_and_how_long_ago_that_was()
    {
        Add(_live, 0, new Survey { Heard = { 1, 100, 2, 60, 9, 1, 50, 0 } });
        Add(_live, 60, new Survey { Quiet2G = 1 << 2, QuietDwellCs = { 12 } });

        Assert.Equal((9u, 60), (Channel(_live, 1).Heard!.Value.Beacons, Channel(_live, 1).AgeSeconds));
        Add(_live, 120, new Survey { Quiet2G = 1 << 1, QuietDwellCs = { 12 } });
        Assert.Equal((ChannelState.Quiet, (long?)0), (Channel(_live, 1).State, Channel(_live, 1).AgeSeconds));
    }

    [Fact]
    public void Added_up_counts_add_and_extremes_are_kept()
    {
        Add(_sum, 0, new Survey { Heard = { 1, 100, 2, 60, 9, 1, 50, 1, 51, 51, 51, 3 } });
        Add(_sum, 60, new Survey { Quiet2G = 1 << 1, QuietDwellCs = { 100 } });
        Add(_sum, 120, new Survey { Heard = { 1, 200, 5, 41, 1, 1, 10, 1, 102, 102, 102, 2 } });

        ChannelView channel = Channel(_sum, 1);
        Assert.Equal(new HeardRow(1, 400, 5, 41, 10, 2, 60, new BssLoad(2, 153, 51, 102, 3)), channel.Heard);
        Assert.Equal((4.0, 30.0, 1.5), (channel.DwellSeconds, channel.StatedPercent, channel.AirtimePercent));
    }

    [Fact]
    public void The_parts_of_a_window_are_one_window()
    {
        Add(_live, 0, new Survey { Heard = { 1, 100, 2, 60, 9, 1, 50, 0 } });
        Add(_live, 0, new Survey { Heard = { 36, 100, 2, 60, 9, 1, 50, 0 } }, part: 1);

        Assert.Equal((1, 60L), (_live.Windows, _live.Seconds));
        Assert.Equal(13 + 28, _live.Channels().Count);
        Assert.Equal(ChannelState.Heard, Channel(_live, 36).State);
    }

    [Fact]
    public void A_stock_image_knows_no_channel()
    {
        _live.Add(new State { Status = State.Types.Status.Online, Radio = Source.StockScan });

        Assert.True(_live.IsStock);
        Assert.Equal("""{"node":"n","radio":"stock","own_channel":null,"windows":0,"seconds":0,"channels":null}""", ChannelJson.Of(_live, "n"));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(75)]
    [InlineData(76)]
    [InlineData(100)]
    public void No_number_breaks_in_two_however_narrow_the_terminal(int width)
    {
        Add(_live, 0, new Survey { Heard = { 6, 5800, 2, 95, 900, 1, 5800, 0 } });
        using var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = width;

        console.Write(ChannelTable.Render(_live, "n", width));

        string row = text.ToString().Split('\n').Single(line => line.StartsWith("│  *6 │", StringComparison.Ordinal));
        Assert.Contains(" 10.0 │", row, StringComparison.Ordinal);
        Assert.Contains(" -95 │", row, StringComparison.Ordinal);
        Assert.True(row.TrimEnd().Length <= width);
    }

    private static void Add(ChannelMap map, uint start, Survey survey, uint part = 0)
    {
        var report = new Report { BootId = 1, Sequence = 1 + start + part, StartS = start, SpanS = 60, Part = part, Survey = survey };
        if (part == 0)
        {
            report.Link = new Link { Channel = 6 };
        }

        ReportReading reading = PayloadReader.ReadReport(report.ToByteArray());
        Assert.True(reading.IsSound, reading.Reason);
        map.Add(reading);
    }

    private static ChannelView Channel(ChannelMap map, int number) => map.Channels().Single(channel => channel.Channel == number);
}
