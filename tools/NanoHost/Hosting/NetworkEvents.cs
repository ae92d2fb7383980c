using System.Net.NetworkInformation;

namespace GatewayAgent.NanoHost;

/// <summary>The NetworkChange subscribers of one node. The radio is listened to from the first of them on.</summary>
internal sealed class NetworkEvents
{
    private readonly NanoContext _context;
    private int _listening;

    public NetworkEvents(NanoContext context) => _context = context;

    public event NetworkAPStationChangedEventHandler StationChanged
    {
        add
        {
            Listen();
            StationChangedCore += value;
        }

        remove => StationChangedCore -= value;
    }

    private event NetworkAPStationChangedEventHandler StationChangedCore;

    private void Listen()
    {
        if (_context.Wifi != null && Interlocked.Exchange(ref _listening, 1) == 0)
        {
            _context.Wifi.StationChanged += Raise;
        }
    }

    private void Raise(int station, bool joined) =>
        _context.Run(() => StationChangedCore?.Invoke(NetworkInterface.AccessPointIndex, new NetworkAPStationEventArgs(joined, station)));
}
