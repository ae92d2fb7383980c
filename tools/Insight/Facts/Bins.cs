using Google.Protobuf.Collections;

namespace GatewayAgent.Insight.Facts;

/// <summary>Reads packed histograms of reports where they stand: first bin, then counts.</summary>
internal static class Bins
{
    private const double WeakestDbm = -102;
    private const int RssiBins = 40;

    public static long Total(RepeatedField<uint> packed)
    {
        long total = 0;
        for (int i = 1; i < packed.Count; i++)
        {
            total += packed[i];
        }

        return total;
    }

    /// <summary>Samples in the bins below one.</summary>
    public static long Below(RepeatedField<uint> packed, int bin)
    {
        long below = 0;
        for (int i = 1; i < packed.Count && packed[0] + i - 1 < bin; i++)
        {
            below += packed[i];
        }

        return below;
    }

    /// <summary>The first bin of RSSI that is not weaker than a value, dBm.</summary>
    public static int RssiBin(double dbm) => Math.Clamp((int)Math.Ceiling((dbm - WeakestDbm) / 2), 0, RssiBins);

    /// <summary>The first bin of latency that holds nothing quicker than a value, ms.</summary>
    public static int LatencyBin(double milliseconds)
    {
        int bin = 0;
        for (double least = 0; least < milliseconds; least = least == 0 ? 1 : least * 2)
        {
            bin++;
        }

        return bin;
    }

    /// <summary>The quantile of an RSSI histogram, dBm, straight within a bin; null without samples.</summary>
    public static double? RssiQuantile(RepeatedField<uint> packed, double share) =>
        Place(packed, share) is { } place ? WeakestDbm - 0.5 + (2 * place) : null;

    /// <summary>The quantile of a latency histogram, ms, straight within a bin; null without samples.</summary>
    public static double? LatencyQuantile(RepeatedField<uint> packed, double share)
    {
        if (Place(packed, share) is not { } place)
        {
            return null;
        }

        int bin = (int)place;
        double least = bin == 0 ? 0 : 1L << (bin - 1);
        double width = bin == 0 ? 1 : least;
        return least + (width * (place - bin));
    }

    // The bin and how far into it.
    private static double? Place(RepeatedField<uint> packed, double share)
    {
        double left = Total(packed) * share;
        for (int i = 1; i < packed.Count; i++)
        {
            if (packed[i] > 0 && packed[i] >= left)
            {
                return packed[0] + i - 1 + (left / packed[i]);
            }

            left -= packed[i];
        }

        return null;
    }
}
