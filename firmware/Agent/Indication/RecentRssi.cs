using System;

namespace GatewayAgent.Indication;

/// <summary>
/// The backhaul's RSSI of the last seconds: single readings jump by several dB, their median stands. A reading from a scan stands alone, and
/// for longer. Not thread-safe.
/// </summary>
internal sealed class RecentRssi
{
    /// <summary>No reading, or none that is young enough.</summary>
    public const int Unknown = Sampling.LinkReading.RssiUnknown;

    // One reading a second: what is older than this says where the node was, not where it is.
    private const int Readings = 5, FreshMs = 5000;

    // Two scans of placement mode: one that fails leaves no gap.
    private const int ScannedMs = 60000;

    private readonly int[] _dbm = new int[Readings];
    private readonly long[] _until = new long[Readings];
    private readonly int[] _sorted = new int[Readings];
    private int _next;
    private long _newest;

    public void Clear() => Array.Clear(_until, 0, Readings);

    public void Add(int dbm, long at) => Add(dbm, at, FreshMs);

    public void AddScanned(int dbm, long at)
    {
        Clear();
        Add(dbm, at, ScannedMs);
    }

    /// <returns>Seconds since the newest reading; 0 when it is as new as readings of each second are.</returns>
    public int AgeSeconds(long now) => now - _newest < FreshMs ? 0 : (int)((now - _newest) / 1000);

    /// <returns>dBm, the weaker of the two middle ones when they are even in number, or <see cref="Unknown"/>.</returns>
    public int Median(long now)
    {
        int count = 0;
        for (int i = 0; i < Readings; i++)
        {
            if (now < _until[i])
            {
                int at = count++;
                for (; at > 0 && _sorted[at - 1] > _dbm[i]; at--)
                {
                    _sorted[at] = _sorted[at - 1];
                }

                _sorted[at] = _dbm[i];
            }
        }

        return count == 0 ? Unknown : _sorted[(count - 1) / 2];
    }

    private void Add(int dbm, long at, int lifeMs)
    {
        _dbm[_next] = dbm;
        _until[_next] = at + lifeMs;
        _newest = at;
        _next = (_next + 1) % Readings;
    }
}
