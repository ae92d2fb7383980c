using GatewayAgent.Privacy;
using GatewayAgent.Statistics;

namespace GatewayAgent.Sampling;

/// <summary>
/// Which access point serves the node, as the hash under which the home's other nodes tell their own. Stated in a window's link when it has
/// changed, and now and then again.
/// </summary>
internal sealed class ServingAp
{
    private readonly byte[] _bssid = new byte[Limits.AddressBytes];
    private AddressHash _addresses;
    private uint _hash;
    private bool _isKnown;
    private int _windows;

    /// <summary>Goes on with another key, or none: then nothing is told.</summary>
    public void Use(AddressHash addresses)
    {
        _addresses = addresses;
        _isKnown = false;
    }

    /// <summary>Notes who serves, and states it when it is time.</summary>
    public void Observe(LinkReading reading, LinkStatistics link)
    {
        if (_addresses == null || !reading.HasBssid)
        {
            return;
        }

        if (!_isKnown || !IsSame(reading.Bssid))
        {
            System.Array.Copy(reading.Bssid, _bssid, Limits.AddressBytes);
            _hash = _addresses.OfAddress(_bssid, 0);
            _isKnown = true;
            _windows = 0;
        }

        if (_windows == 0)
        {
            link.StateAp(_hash);
        }
    }

    public void WindowClosed()
    {
        _windows = (_windows + 1) % Limits.ApStatedEvery;
    }

    private bool IsSame(byte[] bssid)
    {
        for (int i = 0; i < Limits.AddressBytes; i++)
        {
            if (bssid[i] != _bssid[i])
            {
                return false;
            }
        }

        return true;
    }
}
