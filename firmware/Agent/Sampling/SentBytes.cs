namespace GatewayAgent.Sampling;

/// <summary>Payload bytes handed to MQTT: added up by the uplink's thread, taken by the sampler's.</summary>
public sealed class SentBytes
{
    private readonly object _gate = new object();
    private uint _bytes;

    public void Add(int bytes)
    {
        lock (_gate)
        {
            _bytes += (uint)bytes;
        }
    }

    /// <returns>Bytes since the last call.</returns>
    public uint Take()
    {
        lock (_gate)
        {
            uint bytes = _bytes;
            _bytes = 0;
            return bytes;
        }
    }
}
