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
        ["node", "state", "uplink\ndBm", "ch.", "clients", "util.", "chs.\nheard", "reports\nstored", "age"];

    public static IRenderable Render(IReadOnlyList<NodeLine> lines, string title, params string[] footer)
    {
        Table table = new Table().RoundedBorder().Title(Markup.Escape(title));
        foreach (string column in _columns)
        {
            table.AddColumn(new TableColumn(column) { NoWrap = true, Alignment = column is "node" or "state" ? Justify.Left : Justify.Right });
        }

        foreach (NodeLine line in lines)
        {
            string[] cells = Cells(line);
            table.AddRow([.. cells.Select<string, IRenderable>((cell, i) => i == 1 ? WithLight(cell, line) : new Text(cell, StyleOf(line, i)))]);
        }

        return new Rows([table, .. footer.Select(text => new Text(text))]);
    }

    /// <summary>A line as plain text: <c>attic online, uplink -61 dBm, …</c></summary>
    public static string Plain(NodeLine line)
    {
        string[] cells = Cells(line);
        return $"{cells[0]} {cells[1]}, light {LightWords.Of(line.Light)}, uplink {cells[2]} dBm, channel {cells[3]}, clients {cells[4]}, "
            + $"utilisation {cells[5]}, {cells[6]} channels heard, {cells[7]} reports";
    }

    /// <summary>The state behind a dot in the colour of the node's light; a ring = dark.</summary>
    private static Paragraph WithLight(string state, NodeLine line) => new Paragraph()
        .Append(line.Light.IsDark ? "○ " : "● ", new Style(LightWords.Shown(line.Light)))
        .Append(state, StyleOf(line, 1));

    private static string[] Cells(NodeLine line) =>
    [
        line.Node,
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
        1 => new Style(line.Status == State.Types.Status.Online ? Color.Green : Color.Red),
        2 => new Style(line.UplinkDbm switch { null => Color.Grey, >= GoodDbm => Color.Green, >= WeakDbm => Color.Yellow, _ => Color.Red }),
        _ => Style.Plain,
    };
}
