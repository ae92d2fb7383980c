using Spectre.Console;

namespace GatewayAgent.Gw.Survey;

/// <summary>Shows a map each time it has grown: live in a terminal, as JSON lines, or once, at the end.</summary>
internal sealed class SurveyScreen(string title, bool isJson)
{
    private const int PlainWidth = 100;

    /// <summary>Whether it shows more than the end.</summary>
    public static bool IsLive => AnsiConsole.Profile.Out.IsTerminal;

    /// <summary>Shows what <paramref name="listen"/> hands over until it returns, and then the last of it.</summary>
    /// <param name="listen">Calls its argument with the map after each window.</param>
    /// <returns>True when there was a map with a window in it, or of a node that will never have one.</returns>
    public bool Show(Action<Action<ChannelMap>> listen)
    {
        ChannelMap? last = null;
        if (isJson)
        {
            listen(map => Console.Out.WriteLine(ChannelJson.Of(last = map, title)));
        }
        else if (IsLive)
        {
            AnsiConsole.Live(new Text($"{title}: waiting for the first report")).Start(screen => listen(map =>
            {
                last = map;
                screen.UpdateTarget(ChannelTable.Render(map, title, AnsiConsole.Profile.Width));
                screen.Refresh();
            }));
        }
        else
        {
            listen(map => last = map);
            if (last != null)
            {
                Plain().Write(ChannelTable.Render(last, title, PlainWidth));
            }
        }

        return last is { Windows: > 0 } or { IsStock: true };
    }

    // For files and pipes: no colours, and as wide as it is.
    private static IAnsiConsole Plain()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(Console.Out),
        });
        console.Profile.Width = PlainWidth;
        return console;
    }
}
