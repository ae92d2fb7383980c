namespace System.Net.NetworkInformation;

/// <summary>A station joined or left the soft AP.</summary>
public class NetworkAPStationEventArgs : EventArgs
{
    internal NetworkAPStationEventArgs(bool isConnected, int stationIndex)
    {
        IsConnected = isConnected;
        StationIndex = stationIndex;
    }

    public bool IsConnected { get; }

    public int StationIndex { get; }
}
