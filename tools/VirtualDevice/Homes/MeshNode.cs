namespace GatewayAgent.VirtualDevice.Homes;

/// <summary>A board with the agent, as the home sees it: its uplink and its access point.</summary>
internal sealed class MeshNode(int index, MeshNodeScript script, AccessPoint? accessPoint) : Emitter(index, script.Place, 16)
{
    private const int InactivityReason = 4, ReconnectSeconds = 4;
    private const double WeakestDbm = -89, ReconnectDbm = -86;

    private readonly object _carrying = new();
    private Place? _carriedTo;
    private long _retryAt;
    private long _connectedAt;

    public MeshNodeScript Script { get; } = script;

    /// <summary>Null = it has none.</summary>
    public AccessPoint? AccessPoint { get; } = accessPoint;

    /// <summary>What its uplink is connected to.</summary>
    public AccessPoint Parent { get; set; } = null!;

    /// <summary>The node that the parent belongs to; null = the gateway.</summary>
    public MeshNode? ParentNode { get; set; }

    /// <summary>Where somebody put it, whatever the script says; null = nobody did.</summary>
    public Place? CarriedTo
    {
        get
        {
            lock (_carrying)
            {
                return _carriedTo;
            }
        }

        set
        {
            lock (_carrying)
            {
                _carriedTo = value;
            }
        }
    }

    public bool IsConnected { get; private set; }

    public double UplinkRssi { get; private set; }

    public int Disconnects { get; private set; }

    public byte LastReason { get; private set; }

    /// <summary>All the way to the gateway.</summary>
    public bool ReachesGateway => IsConnected && (ParentNode == null || ParentNode.ReachesGateway);

    /// <summary>Nodes between it and the gateway.</summary>
    public int Hops => ParentNode == null ? 0 : ParentNode.Hops + 1;

    public long ConnectedMs(long second) => IsConnected ? (second - _connectedAt) * 1000 : 0;

    /// <summary>What one second does to the uplink.</summary>
    public void UpdateUplink(long second, double rssi)
    {
        UplinkRssi = rssi;
        if (IsConnected && (!Parent.IsUp || rssi < WeakestDbm))
        {
            IsConnected = false;
            Disconnects++;
            LastReason = InactivityReason;
            _retryAt = second + ReconnectSeconds;
        }
        else if (!IsConnected && second >= _retryAt && Parent.IsUp && rssi > ReconnectDbm)
        {
            IsConnected = true;
            _connectedAt = second;
        }
    }
}
