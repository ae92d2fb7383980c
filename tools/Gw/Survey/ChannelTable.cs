using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace GatewayAgent.Gw.Survey;

/// <summary>A channel map for people.</summary>
internal static class ChannelTable
{
    private const string Unknown = "–";

    // With it the table fits in 80 columns.
    private const int BarCells = 12;

    // Green below 40 %, red from 70 % (netpulse).
    private const double BusyPercent = 40, FullPercent = 70;

    // Narrower, numbers would break in two: -95 would read as -9.
    private const int FullWidth = 76;

    private static readonly string[] _columns = ["ch.", "in use", "%", "as", "APs", "best\ndBm", "sta-\ntions", "dwell\ns", "age\ns"];
    private static readonly int[] _all = [.. Enumerable.Range(0, _columns.Length)];
    private static readonly int[] _few = [0, 1, 2, 5];

    /// <param name="width">Columns of the terminal: when they are few, less is shown.</param>
    public static IRenderable Render(ChannelMap map, string title, int width)
    {
        int[] shown = width < FullWidth ? _few : _all;
        if (map.IsStock)
        {
            return new Rows(new Text(title), new Text("The node runs the stock image, which drops the channel of what it hears.\nEvery channel is unknown, not idle."));
        }

        Table table = new Table().RoundedBorder().Title(Markup.Escape(title));
        foreach (string column in shown.Select(place => _columns[place]))
        {
            table.AddColumn(new TableColumn(column) { NoWrap = true, Alignment = column is "in use" or "as" ? Justify.Left : Justify.Right });
        }

        bool wasIn2G = true;
        foreach (ChannelView channel in map.Channels())
        {
            bool isIn2G = channel.Channel <= 14;
            if (wasIn2G && !isIn2G)
            {
                table.AddEmptyRow();
            }

            wasIn2G = isIn2G;
            Text[] cells = Cells(channel);
            table.AddRow(shown.Select(place => cells[place]));
        }

        return new Rows(table, new Text(Legend(map)));
    }

    public static string Legend(ChannelMap map) =>
        $"{map.Seconds} s in {map.Windows} window{(map.Windows == 1 ? "" : "s")}. * own channel{(map.OwnChannel == null ? " (not known here)" : "")}.\n"
        + "stated: what access points say themselves (BSS Load).\n"
        + "at least: air time of the frames heard, a lower bound.\n"
        + "quiet: listened, and no frame could be read. not listened: unknown.\n"
        + "from beside: only heard while the radio was on a neighbouring channel.";

    private static Text[] Cells(ChannelView channel)
    {
        Style style = StyleOf(channel);
        double? percent = channel.StatedPercent ?? channel.AirtimePercent;
        return
        [
            new Text($"{(channel.IsOwn ? "*" : "")}{channel.Channel}", channel.IsOwn ? new Style(decoration: Decoration.Bold) : Style.Plain),
            new Text(Words(channel, percent), style),
            new Text(Cell(percent, "0.0"), style),
            new Text(percent == null ? "" : channel.StatedPercent != null ? "stated" : "at least"),
            new Text(Cell(channel.Heard?.ApCount)),
            new Text(Cell(channel.Heard?.RssiMaxDbm)),
            new Text(Cell(channel.Heard?.Load?.StationsMax)),
            new Text(Cell(channel.DwellSeconds, "0.0")),
            new Text(Cell(channel.AgeSeconds)),
        ];
    }

    private static string Words(ChannelView channel, double? percent) => channel.State switch
    {
        ChannelState.Quiet => "quiet",
        ChannelState.NotListened => "not listened",
        _ => percent is { } known ? Bar(known, channel.StatedPercent != null) : "from beside",
    };

    // What is used fills a cell; a lower bound is drawn lighter, for there may be more.
    private static string Bar(double percent, bool isStated)
    {
        int filled = percent <= 0 ? 0 : Math.Clamp((int)Math.Round(percent * BarCells / 100), 1, BarCells);
        return new string(isStated ? '█' : '▒', filled) + new string('·', BarCells - filled);
    }

    private static Style StyleOf(ChannelView channel) => (channel.StatedPercent ?? channel.AirtimePercent) switch
    {
        null => new Style(Color.Grey),
        < BusyPercent => new Style(Color.Green),
        < FullPercent => new Style(Color.Yellow),
        _ => new Style(Color.Red),
    };

    private static string Cell<T>(T? value, string? format = null)
        where T : struct, IFormattable => value?.ToString(format, CultureInfo.InvariantCulture) ?? Unknown;
}
