namespace GatewayAgent.Statistics;

/// <summary>Bins of an RSSI histogram: bin i holds −102 + 2·i and −101 + 2·i dBm; both ends hold all beyond.</summary>
public static class RssiBins
{
    private const int Floor = -102;

    public static int Of(int dbm)
    {
        int bin = (dbm - Floor) >> 1;
        if (bin < 0)
        {
            return 0;
        }

        return bin < Limits.RssiBins ? bin : Limits.RssiBins - 1;
    }

    /// <summary>True for a reading that can be one: 0 dBm and above is what drivers say for "none".</summary>
    public static bool IsValid(int dbm) => dbm < 0 && dbm > -128;
}
