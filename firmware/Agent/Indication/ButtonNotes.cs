namespace GatewayAgent.Indication;

/// <summary>
/// Carries the edges of the button from the thread that sees them to the one that acts. Contacts bounce: shorter than 30 ms is no press.
/// Between two and five seconds somebody changed their mind: nothing. There is no longer press than the long one, so that nobody wipes a
/// node by leaning on it.
/// </summary>
public sealed class ButtonNotes
{
    private const int BounceMs = 30, ShortMs = 2000, LongMs = 5000;
    private const long NotHeld = -1;

    private readonly object _gate = new object();
    private long _downAt = NotHeld;
    private bool _longTold;
    private int _press;

    /// <param name="now">Uptime, ms.</param>
    public void Down(long now)
    {
        lock (_gate)
        {
            if (_downAt == NotHeld)
            {
                _downAt = now;
                _longTold = false;
            }
        }
    }

    /// <param name="now">Uptime, ms.</param>
    public void Up(long now)
    {
        lock (_gate)
        {
            if (_downAt != NotHeld && !_longTold)
            {
                int press = PressOf(now - _downAt);
                _press = press == ButtonPress.None ? _press : press;
            }

            _downAt = NotHeld;
        }
    }

    /// <returns>A <see cref="ButtonPress"/> that was not told yet.</returns>
    public int Take(long now)
    {
        lock (_gate)
        {
            if (_downAt != NotHeld && !_longTold && now - _downAt >= LongMs)
            {
                _longTold = true;
                return ButtonPress.Long;
            }

            int press = _press;
            _press = ButtonPress.None;
            return press;
        }
    }

    private static int PressOf(long held)
    {
        if (held >= LongMs)
        {
            return ButtonPress.Long;
        }

        return held >= BounceMs && held < ShortMs ? ButtonPress.Short : ButtonPress.None;
    }
}
