using System.Globalization;
using GatewayAgent.Protocol;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace GatewayAgent.Gw.Demo;

/// <summary>The lines of a home as a table for a terminal, or as plain text.</summary>
internal static class LineTable
{
    private const string NotMeasured = "–";

    // Where coverage begins to be weak, dBm (Juniper Mist: good from −72, ALE OmniVista: weak below −75).
    private const int GoodDbm = -72;
    private const int WeakDbm = -75;

    // Short enough that a terminal of 80 columns holds them.
    private static readonly string[] _columns =
        ["node", "light", "state", "uplink\ndBm", "ch.", "clients", "util.", "chans.\nheard", "reports\nstored", "age"];

    public static IRenderable Render(IReadOnlyList<NodeLine> lines, string title, params string[] footer)
    {
        Table table = new Table().RoundedBorder().Title(Markup.Escape(title));
        foreach (string column in _columns)
        {
            table.AddColumn(new TableColumn(column) { NoWrap = true, Alignment = column is "node" or "light" or "state" ? Justify.Left : Justify.Right });
        }

        foreach (NodeLine line in lines)
        {
            string[] cells = Cells(line);
            table.AddRow([.. cells.Select((cell, i) => new Text(cell, StyleOf(line, i)))]);
        }

        return new Rows([table, .. footer.Select(text => new Text(text))]);
    }

    /// <summary>A line as plain text: <c>attic online, uplink -61 dBm, …</c></summary>
    public static string Plain(NodeLine line)
    {
        string[] cells = Cells(line);
        return $"{cells[0]} {cells[2]}, light {LightWords.Of(line.Light)}, uplink {cells[3]} dBm, channel {cells[4]}, clients {cells[5]}, "
            + $"utilisation {cells[6]}, {cells[7]} channels heard, {cells[8]} reports";
    }

    private static string[] Cells(NodeLine line) =>
    [
        line.Node,
        line.Light.IsDark ? $"○ {LightWords.Dark}" : $"● {LightWords.Of(line.Light)}",
        line.Status.ToString().ToLowerInvariant(),
        Cell(line.UplinkDbm),
        Cell(line.Channel),
        Cell(line.Clients, "0.0"),
        Cell(line.Utilization * 100 / 255, "0' %'"),
        Cell(line.ChannelsHeard),
        Cell((long?)line.Reports),
        Cell(line.Age?.TotalSeconds, "0' s'"),
    ];

    private static string Cell<T>(T? value, string? format = null)
        where T : struct, IFormattable => value?.ToString(format, CultureInfo.InvariantCulture) ?? NotMeasured;

    private static Style StyleOf(NodeLine line, int column) => column switch
    {
        1 => new Style(LightWords.Shown(line.Light)),
        2 => new Style(line.Status == State.Types.Status.Online ? Color.Green : Color.Red),
        3 => new Style(line.UplinkDbm switch { null => Color.Grey, >= GoodDbm => Color.Green, >= WeakDbm => Color.Yellow, _ => Color.Red }),
        _ => Style.Plain,
    };
}
