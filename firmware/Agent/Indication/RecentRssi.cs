using GatewayAgent.Statistics;

namespace GatewayAgent.Indication;

/// <summary>The backhaul's RSSI of the last seconds: single readings jump by several dB, their median stands. Not thread-safe.</summary>
internal sealed class RecentRssi
{
    /// <summary>No reading, or none that is young enough.</summary>
    public const int Unknown = Sampling.LinkReading.RssiUnknown;

    // One reading a second: what is older than this says where the node was, not where it is.
    private const int Readings = 5, FreshMs = 5000;

    private readonly int[] _dbm = new int[Readings];
    private readonly int[] _sorted = new int[Readings];
    private readonly long[] _at = new long[Readings];
    private int _next;
    private int _count;

    public void Add(int dbm, long at)
    {
        if (RssiBins.IsValid(dbm))
        {
            _dbm[_next] = dbm;
            _at[_next] = at;
            _next = (_next + 1) % Readings;
            _count = _count < Readings ? _count + 1 : Readings;
        }
    }

    public void Clear()
    {
        _count = 0;
        _next = 0;
    }

    /// <returns>dBm, the weaker of the two middle ones when they are even in number, or <see cref="Unknown"/>.</returns>
    public int Median(long now)
    {
        int count = 0;
        for (int i = 0; i < _count; i++)
        {
            if (now - _at[i] < FreshMs)
            {
                Insert(_dbm[i], count++);
            }
        }

        return count == 0 ? Unknown : _sorted[(count - 1) / 2];
    }

    private void Insert(int dbm, int count)
    {
        int at = count;
        while (at > 0 && _sorted[at - 1] > dbm)
        {
            _sorted[at] = _sorted[at - 1];
            at--;
        }

        _sorted[at] = dbm;
    }
}
