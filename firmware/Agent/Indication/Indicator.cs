using GatewayAgent.Sampling;

namespace GatewayAgent.Indication;

/// <summary>
/// What can be seen of a node, and its button. A state is picked from the <see cref="NodeStatus"/>, the most pressing first; light and
/// screen are touched only when what they show changes. A short press turns placement mode on and off; a long one asks for a report at once,
/// by which a care agent on the phone learns which node somebody stands at.
///
/// <code>
///   ButtonNotes ─► placement, report now ─┐
///   NodeStatus  ──────────────────────────┴► state ─► LightPattern ─► ILight
///                                                 └─► ScreenPage  ─► IScreen
/// </code>
/// Has no thread of its own; belongs to the one that calls <see cref="Step"/>.
/// </summary>
public sealed class Indicator
{
    // The button is looked after this often, and so is the state.
    private const int LookMs = 250;

    // Without a word of the link by then a node is no longer starting.
    private const int BootMs = 30000;

    // How long a state is news. Online soon goes dark: nodes stand in bedrooms. So does what lasts, for the same reason and for the display's
    // sake, which wears.
    private const int OnlineNewsMs = 60000, NewsMs = 600000;

    private const int ReportingMs = 3000;

    // The figure on show moves when the median is this far from it: by a node that stands still nobody should see digits dance.
    private const int HysteresisDb = 2;

    // The age on show moves in such steps, seconds.
    private const int AgeStep = 5;

    private readonly NodeStatus _status;
    private readonly ILight _light;
    private readonly IScreen _screen;
    private readonly ButtonNotes _button;
    private readonly string _name;
    private readonly int _brightness;
    private readonly int _idleBrightness;
    private readonly long _start;
    private int _state = -1;
    private long _since;
    private long _reportingUntil;
    private int _dbm = LinkReading.RssiUnknown;
    private int _age;
    private int _colour = -1;
    private int _page = -1;

    /// <param name="status">What there is to see.</param>
    /// <param name="light">Null = none.</param>
    /// <param name="screen">Null = none.</param>
    /// <param name="button">Null = none.</param>
    /// <param name="settings">Name and brightness.</param>
    /// <param name="now">Uptime, ms.</param>
    public Indicator(NodeStatus status, ILight light, IScreen screen, ButtonNotes button, Control.AgentSettings settings, long now)
    {
        _status = status;
        _light = light;
        _screen = screen;
        _button = button;
        _name = settings.Node == null ? string.Empty : ScreenPage.Line(settings.Node);
        _brightness = settings.LightBrightness;
        _idleBrightness = settings.LightIdleBrightness;
        _start = now;
    }

    /// <summary>The <see cref="NodeState"/> on show; −1 before the first step.</summary>
    public int State => _state;

    /// <summary>Shows what has changed.</summary>
    /// <param name="now">Uptime, ms.</param>
    /// <returns>Milliseconds until it wants to be called again.</returns>
    public int Step(long now)
    {
        HearButton(now);
        int state = StateAt(now);
        if (state != _state)
        {
            _state = state;
            _since = now;
        }

        long elapsed = now - _since;
        ShowLight(elapsed);
        ShowPage(elapsed);
        int remaining = LightPattern.Remaining(state, elapsed);
        return remaining < LookMs ? remaining : LookMs;
    }

    private void HearButton(long now)
    {
        int press = _button == null ? ButtonPress.None : _button.Take(now);
        if (press == ButtonPress.Short)
        {
            _status.SetPlacement(!_status.IsPlacement(now), now);
        }
        else if (press == ButtonPress.Long)
        {
            _status.AskReport();
            _reportingUntil = now + ReportingMs;
        }
    }

    // What somebody in the room asked for comes first, then what needs help, then how far the connection got.
    private int StateAt(long now)
    {
        if (now < _reportingUntil)
        {
            return NodeState.Reporting;
        }

        if (_status.IsLocating(now))
        {
            return NodeState.Locate;
        }

        if (_status.IsPlacement(now))
        {
            return PlacementAt(now);
        }

        _dbm = LinkReading.RssiUnknown;
        _age = 0;
        if (_status.IsNotProvisioned)
        {
            return NodeState.NotProvisioned;
        }

        if (_status.IsSafeMode)
        {
            return NodeState.SafeMode;
        }

        return ConnectionAt(now);
    }

    // Without a link reports pile up anyway: the link is what to look at.
    private int ConnectionAt(long now)
    {
        if (_status.IsLinkKnown && !_status.IsLinkUp)
        {
            return NodeState.NoLink;
        }

        if (_status.Waiting >= Limits.BacklogReports)
        {
            return NodeState.Backlog;
        }

        if (_status.IsOnline)
        {
            return _status.IsRolledBack ? NodeState.RolledBack : NodeState.Online;
        }

        return _status.IsLinkKnown || now - _start >= BootMs ? NodeState.Connecting : NodeState.Booting;
    }

    private int PlacementAt(long now)
    {
        int median = _status.LiveRssi(now);
        int moved = median > _dbm ? median - _dbm : _dbm - median;
        if (moved >= HysteresisDb || median == LinkReading.RssiUnknown)
        {
            _dbm = median;
        }

        _age = median == LinkReading.RssiUnknown ? 0 : _status.RssiAgeSeconds(now) / AgeStep * AgeStep;
        if (_dbm == LinkReading.RssiUnknown)
        {
            return NodeState.PlacementBlind;
        }

        if (_dbm < Limits.PlacementWeakDbm)
        {
            return NodeState.PlacementWeak;
        }

        if (_dbm < Limits.PlacementGoodDbm)
        {
            return NodeState.PlacementFair;
        }

        return _dbm < Limits.PlacementCloseDbm ? NodeState.PlacementGood : NodeState.PlacementClose;
    }

    private void ShowLight(long elapsed)
    {
        if (_light == null)
        {
            return;
        }

        bool hasDbm = _dbm != LinkReading.RssiUnknown && _state >= NodeState.PlacementBlind;
        int full = hasDbm ? LightPattern.Colour(_state, _dbm) : LightPattern.Colour(_state);
        int level = LightPattern.Level(_state, elapsed);
        if (_state == NodeState.Locate && level == 0)
        {
            full = 0x0000FF;
            level = 255;
        }

        int colour = Dimmed(full, level, BrightnessAfter(elapsed));
        if (colour != _colour)
        {
            _colour = colour;
            _light.Show((byte)(colour >> 16), (byte)(colour >> 8), (byte)colour);
        }
    }

    private int BrightnessAfter(long elapsed)
    {
        if (_state == NodeState.Online)
        {
            return elapsed < OnlineNewsMs ? _brightness : _idleBrightness;
        }

        return elapsed < NewsMs || _state >= NodeState.Locate ? _brightness : (_brightness + 3) / 4;
    }

    private static int Dimmed(int colour, int level, int brightness) =>
        (Dimmed((colour >> 16) & 0xFF, level * brightness) << 16)
        | (Dimmed((colour >> 8) & 0xFF, level * brightness) << 8)
        | Dimmed(colour & 0xFF, level * brightness);

    // What is lit stays lit, however dim: a colour keeps its parts.
    private static int Dimmed(int part, int factor)
    {
        int dimmed = part * factor / (255 * 255);
        return dimmed == 0 && part * factor != 0 ? 1 : dimmed;
    }

    private void ShowPage(long elapsed)
    {
        if (_screen == null)
        {
            return;
        }

        int page = PageAfter(elapsed);
        if (page == _page)
        {
            return;
        }

        _page = page;
        if (page == 0)
        {
            _screen.Show(null, string.Empty, -1, string.Empty, string.Empty);
        }
        else
        {
            _screen.Show(Title(), Figure(), Bar(), Words(), _name);
        }
    }

    // A number for all that a page says: state and figure. 0 = dark.
    private int PageAfter(long elapsed)
    {
        bool isNews = _state >= NodeState.Locate || elapsed < (_state == NodeState.Online ? OnlineNewsMs : NewsMs);
        return isNews ? 1 | (_state << 1) | ((_state >= NodeState.PlacementBlind ? (_dbm & 0xFF) | (_age << 8) : Waiting()) << 8) : 0;
    }

    // Whoever carries the node must know that the figure is that of another place.
    private string Title() => _age == 0 ? ScreenPage.Title(_state) : "Heard " + _age.ToString() + " s ago";

    private int Waiting() => _state == NodeState.Connecting || _state == NodeState.Backlog ? _status.Waiting : 0;

    private string Figure()
    {
        if (_state > NodeState.PlacementBlind)
        {
            // Nothing weaker stays associated, and it would not fit.
            return (_dbm < -99 ? -99 : _dbm).ToString() + " dBm";
        }

        int waiting = Waiting();
        return waiting == 0 ? string.Empty : waiting.ToString();
    }

    // Of −90 to −40 dBm.
    private int Bar()
    {
        if (_state < NodeState.PlacementBlind)
        {
            return -1;
        }

        int percent = (_dbm + 90) * 2;
        return percent < 0 ? 0 : percent > 100 ? 100 : percent;
    }

    private string Words() => Waiting() == 0 || _state == NodeState.Backlog ? ScreenPage.Words(_state) : "reports wait";
}
