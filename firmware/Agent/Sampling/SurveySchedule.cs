using GatewayAgent.Control;
using GatewayAgent.Ports;
using GatewayAgent.Reporting;

namespace GatewayAgent.Sampling;

/// <summary>
/// Decides when the radio leaves its own channel for a short visit to another: round robin, never while the uplink is down, and held off
/// while the own channel is busy, but not for ever. A companion stays where the gateway is.
/// </summary>
public sealed class SurveySchedule
{
    private readonly IRadio _radio;
    private readonly Period _period;
    private AgentSettings _settings;
    private bool _isOn;
    private long _lastVisit;
    private int _place = -1;
    private int _roundLeft;
    private int _roundTicks;

    /// <param name="radio">Its capability "dwell" and its channel masks say what can be visited.</param>
    /// <param name="settings">Period, length and hold-off.</param>
    /// <param name="now">Uptime, ms.</param>
    public SurveySchedule(IRadio radio, AgentSettings settings, long now)
    {
        _radio = radio;
        _period = new Period(Limits.SurveyPeriodMs, now);
        _lastVisit = now;
        Use(settings, now);
    }

    /// <summary>Goes on with these settings.</summary>
    public void Use(AgentSettings settings, long now)
    {
        _settings = settings;
        int period = settings.SurveyPeriodMs;
        if (period == AgentSettings.SurveyByRole)
        {
            period = settings.Role == Role.Companion ? 0 : Limits.SurveyPeriodMs;
        }

        _isOn = period != 0;
        if (_isOn)
        {
            _period.Restart(period, now + period);
        }
    }

    /// <summary>
    /// Somebody wants to know now: all channels, one a tick, busy or not. What the radio or the uplink hold up is made up for, but not for ever.
    /// </summary>
    public void BeginRound()
    {
        _roundLeft = 0;
        for (int place = 0; place < Limits.Channels; place++)
        {
            if (IsAllowed(place))
            {
                _roundLeft++;
            }
        }

        _roundTicks = 2 * _roundLeft;
    }

    /// <summary>Begins a visit when one is due and nothing speaks against it.</summary>
    public void Tick(long now, LinkReading link, Window window)
    {
        bool isDue = _period.Due(now) && _isOn && MayLeave(now, link);
        if (_roundLeft > 0 && _roundTicks > 0)
        {
            _roundTicks--;
            isDue = link.Connected;
        }

        if (!isDue || (_radio.Capabilities & RadioCapabilities.Dwell) == 0)
        {
            return;
        }

        int place = NextPlace(link.Channel);
        if (place >= 0)
        {
            Visit(place, now, window);
        }
    }

    // A radio that is busy is asked for the same channel again; one that refuses a channel for good must not hold up the others.
    private void Visit(int place, long now, Window window)
    {
        int answer = _radio.BeginDwell(ChannelMap.ChannelAt(place), _settings.DwellMs);
        if (answer == RadioStatus.Busy || answer == RadioStatus.NotConnected)
        {
            return;
        }

        _place = place;
        _roundLeft -= _roundLeft > 0 ? 1 : 0;
        if (answer >= 0)
        {
            _lastVisit = now;
            window.OffChannelMs += (uint)_settings.DwellMs;
        }
    }

    private bool IsBusy(LinkReading link) => link.Utilization > _settings.BusyUtilization;

    private bool MayLeave(long now, LinkReading link) =>
        link.Connected && (!IsBusy(link) || now - _lastVisit >= _settings.BusyHoldOffMs);

    private int NextPlace(int ownChannel)
    {
        for (int step = 1; step <= Limits.Channels; step++)
        {
            int place = (_place + step) % Limits.Channels;
            if (IsAllowed(place) && ChannelMap.ChannelAt(place) != ownChannel)
            {
                return place;
            }
        }

        return -1;
    }

    private bool IsAllowed(int place) =>
        ((_radio.Channels2g & _settings.SurveyChannels2g & ChannelMap.Bit2g(place))
            | (_radio.Channels5g & _settings.SurveyChannels5g & ChannelMap.Bit5g(place))) != 0;
}
