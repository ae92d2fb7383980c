using System.Globalization;
using GatewayAgent.VirtualDevice.Boards;
using GatewayAgent.VirtualDevice.Homes;
using GatewayAgent.VirtualDevice.Running;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace GatewayAgent.Gw.Demo;

/// <summary>
/// One node as it stands before somebody: light, display and button, large. In a terminal keys press the button and carry the node; elsewhere
/// a line is written whenever it shows something else.
/// </summary>
internal sealed class BoardView
{
    private const double StepMetres = 0.5, HomeMetres = 11;
    private const int HighestFloor = 2;
    private const int WalkFromSecond = 5;

    private static readonly TimeSpan _frame = TimeSpan.FromMilliseconds(50);

    private readonly HomeRun _home;
    private readonly VirtualNode _node;
    private readonly NodeBoard _board;
    private readonly Walk? _walk;
    private bool _hasPressed;

    /// <param name="home">Has a board on each node.</param>
    /// <param name="node">Name of the node.</param>
    /// <param name="isWalked">Carried through the home by itself, in placement mode.</param>
    public BoardView(HomeRun home, string node, bool isWalked)
    {
        _home = home;
        _node = home.Nodes.First(other => other.Name == node);
        _board = _node.Board!;
        _walk = isWalked ? Walk.Through(home.PlaceOf(node)) : null;
    }

    /// <summary>Shows until the home's life is over.</summary>
    public void ShowUntil(Task life)
    {
        if (AnsiConsole.Profile.Out.IsTerminal)
        {
            AnsiConsole.Live(new Text("")).Start(screen => Repeat(life, () => screen.UpdateTarget(Render())));
            return;
        }

        string last = "";
        Repeat(life, () =>
        {
            string line = Line();
            if (line != last)
            {
                Console.Out.WriteLine($"{Time()} {line}");
                last = line;
            }
        });
    }

    private void Repeat(Task life, Action show)
    {
        do
        {
            HearKeys();
            FollowWalk();
            show();
        }
        while (Task.WaitAny([life], _frame) < 0);
    }

    private void FollowWalk()
    {
        long second = (_home.Simulation.Clock.UptimeMs / 1000) - WalkFromSecond;
        if (_walk == null || second < 0)
        {
            return;
        }

        if (!_hasPressed)
        {
            _hasPressed = true;
            _board.Press(isLong: false);
        }

        _home.Carry(_node.Name, _walk.At(second));
    }

    private void HearKeys()
    {
        while (!Console.IsInputRedirected && Console.KeyAvailable)
        {
            Hear(Console.ReadKey(intercept: true));
        }
    }

    private void Hear(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.B or ConsoleKey.Spacebar:
                _board.Press(isLong: key.KeyChar == 'B');
                break;
            case ConsoleKey.LeftArrow:
                Move(-StepMetres, 0, 0);
                break;
            case ConsoleKey.RightArrow:
                Move(StepMetres, 0, 0);
                break;
            case ConsoleKey.UpArrow:
                Move(0, StepMetres, 0);
                break;
            case ConsoleKey.DownArrow:
                Move(0, -StepMetres, 0);
                break;
            case ConsoleKey.PageUp:
                Move(0, 0, 1);
                break;
            case ConsoleKey.PageDown:
                Move(0, 0, -1);
                break;
        }
    }

    private void Move(double x, double y, int floors)
    {
        Place from = _home.PlaceOf(_node.Name);
        _home.Carry(_node.Name, new Place(
            Math.Clamp(from.X + x, 0, HomeMetres), Math.Clamp(from.Y + y, 0, HomeMetres), Math.Clamp(from.Floor + floors, 0, HighestFloor)));
    }

    private Rows Render()
    {
        var light = new Style(LightWords.Shown(_board.Light));
        string bulb = _board.Light.IsDark ? "○" : "●";
        IEnumerable<IRenderable> display = DisplayDots.Lines(_board.Display).Select(line => new Text(line, new Style(Color.White)));
        return new Rows(
            new Text($"{bulb}{bulb}{bulb} {_node.Name}: {LightWords.Of(_board.Light)}, {StateWords.Of(_board.State)}", light),
            new Panel(new Rows(display)) { Border = BoxBorder.Rounded, BorderStyle = light, Padding = new Padding(1, 0) },
            new Text($"{Where()}, {Time()} of the home's time"),
            new Text("space: press the button (placement mode); B: hold it (report now)"),
            new Text("arrows: carry the node; page up, page down: to another floor. Ctrl-C ends it."));
    }

    // Blinking would write a line each time: the state says what the light does.
    private string Line()
    {
        string page = _board.Page is { } shown ? string.Join(" | ", shown.Lines) : LightWords.Dark;
        return $"{_node.Name} {StateWords.Of(_board.State)}; display: {page}; {Where()}";
    }

    private string Where()
    {
        Place place = _home.PlaceOf(_node.Name);
        string floor = place.Floor switch { 0 => "ground floor", 1 => "first floor", _ => "attic" };
        return string.Create(CultureInfo.InvariantCulture, $"at {place.X:0.0} m, {place.Y:0.0} m, {floor}");
    }

    private string Time() => TimeSpan.FromMilliseconds(_home.Simulation.Clock.UptimeMs).ToString(@"m\:ss", CultureInfo.InvariantCulture);
}
