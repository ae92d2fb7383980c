namespace GatewayAgent.Statistics;

/// <summary>Bins of a latency histogram: bin 0 holds under 1 ms, bin i 2^(i−1) … 2^i − 1 ms, the last all beyond.</summary>
public static class LatencyBins
{
    public static int Of(int milliseconds)
    {
        int bin = 0;
        while (milliseconds > 0 && bin < Limits.LatencyBins - 1)
        {
            milliseconds >>= 1;
            bin++;
        }

        return bin;
    }
}
