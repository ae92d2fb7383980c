using System;
using System.Net.NetworkInformation;

namespace GatewayAgent.Device.Radio;

/// <summary>
/// Keeps the list of the soft AP's stations: reads it when a join or leave was told, and now and then, for the runtime's queue of events
/// drops what does not fit. The list allocates an object a station, so it is read on the probe thread only.
/// </summary>
internal sealed class StockStations
{
    // A join whose event was dropped is missed for at most so long.
    private const int ResyncMs = 10 * 60 * 1000;

    // The list cannot be read while the soft AP starts anew.
    private const int RetryMs = 10 * 1000;

    private const long NotTold = -1;

    private long _next;
    private long _toldAt = NotTold;
    private bool _isTold;

    public StockStations()
    {
        NetworkChange.NetworkAPStationChanged += OnStationChanged;
    }

    public StationList List { get; } = new StationList();

    /// <summary>Reads the list when there is a reason.</summary>
    public void Refresh(long now)
    {
        if (_isTold)
        {
            _isTold = false;
            _toldAt = now;
        }
        else if (now < _next)
        {
            return;
        }

        bool isRead = TryRead(now);
        _next = now + (isRead ? ResyncMs : RetryMs);
        _toldAt = isRead ? NotTold : _toldAt;
    }

    private bool TryRead(long now)
    {
        try
        {
            WirelessAPConfiguration[] accessPoints = WirelessAPConfiguration.GetAllWirelessAPConfigurations();
            if (accessPoints.Length == 0 || (accessPoints[0].Options & WirelessAPConfiguration.ConfigurationOptions.Enable) == 0)
            {
                // Every image has a configuration, most of them one that is off: that is not an access point without stations.
                List.Forget(now);
            }
            else
            {
                List.Refresh(accessPoints[0].GetConnectedStations(), _toldAt, now);
            }

            return true;
        }
        catch (Exception)
        {
            // There is no soft AP at the moment, or no room for the list.
            return false;
        }
    }

    // On the runtime's event thread: only a note, which cannot fail.
    private void OnStationChanged(int networkIndex, NetworkAPStationEventArgs e)
    {
        _isTold = true;
    }
}
