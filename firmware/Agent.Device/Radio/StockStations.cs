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

    private long _next;
    private bool _isTold;

    public StockStations()
    {
        NetworkChange.NetworkAPStationChanged += OnStationChanged;
    }

    public StationList List { get; } = new StationList();

    /// <summary>Reads the list when there is a reason.</summary>
    public void Refresh(long now)
    {
        bool isTold = _isTold;
        if (!isTold && now < _next)
        {
            return;
        }

        _isTold = false;
        _next = now + (TryRead(isTold, now) ? ResyncMs : RetryMs);
    }

    private bool TryRead(bool isTold, long now)
    {
        try
        {
            WirelessAPConfiguration[] accessPoints = WirelessAPConfiguration.GetAllWirelessAPConfigurations();
            if (accessPoints.Length > 0)
            {
                List.Refresh(accessPoints[0].GetConnectedStations(), isTold, now);
            }

            return true;
        }
        catch (Exception)
        {
            // A station left between the count and the list, or there is no soft AP at the moment.
            return false;
        }
    }

    // On the runtime's event thread: only a note, which cannot fail.
    private void OnStationChanged(int networkIndex, NetworkAPStationEventArgs e)
    {
        _isTold = true;
    }
}
