using GatewayAgent.Ports;
using GatewayAgent.Reporting;

namespace GatewayAgent.Sampling;

/// <summary>
/// Decides when the radio leaves its own channel for a short visit to another: round robin, never while the uplink is down, and held off
/// while the own channel is busy, but not for ever.
/// </summary>
public sealed class SurveySchedule
{
    private readonly IRadio _radio;
    private readonly Period _period;
    private long _lastVisit;
    private int _place = -1;

    /// <param name="radio">Its capability "dwell" and its channel masks say what can be visited.</param>
    /// <param name="now">Uptime, ms.</param>
    public SurveySchedule(IRadio radio, long now)
    {
        _radio = radio;
        _period = new Period(Limits.SurveyPeriodMs, now + Limits.SurveyPeriodMs);
        _lastVisit = now;
    }

    /// <summary>Begins a visit when one is due and nothing speaks against it.</summary>
    public void Tick(long now, LinkReading link, Window window)
    {
        if (!_period.Due(now) || (_radio.Capabilities & RadioCapabilities.Dwell) == 0 || !MayLeave(now, link))
        {
            return;
        }

        int place = NextPlace(link.Channel);
        if (place < 0 || _radio.BeginDwell(ChannelMap.ChannelAt(place), Limits.DwellMs) < 0)
        {
            return;
        }

        _place = place;
        _lastVisit = now;
        window.OffChannelMs += Limits.DwellMs;
    }

    private static bool IsBusy(LinkReading link) => link.Utilization > Limits.BusyUtilization;

    private bool MayLeave(long now, LinkReading link) =>
        link.Connected && (!IsBusy(link) || now - _lastVisit >= Limits.BusyHoldOffMs);

    // A visit that the radio refused is tried again at the next point: the place moves on only after a visit has begun.
    private int NextPlace(int ownChannel)
    {
        for (int step = 1; step <= Limits.Channels; step++)
        {
            int place = (_place + step) % Limits.Channels;
            bool allowed = ((_radio.Channels2g & ChannelMap.Bit2g(place)) | (_radio.Channels5g & ChannelMap.Bit5g(place))) != 0;
            if (allowed && ChannelMap.ChannelAt(place) != ownChannel)
            {
                return place;
            }
        }

        return -1;
    }
}
