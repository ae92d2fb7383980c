namespace GatewayAgent.Detection;

/// <summary>A value of a metric in a byte: whole units, of a latency 1/16 of a doubling. 0 = no value.</summary>
internal static class Evidence
{
    private const int Most = 255;

    /// <param name="metric">A number of <see cref="Metric"/>.</param>
    /// <param name="sixteenths">Value in 1/16 of the unit.</param>
    public static byte Code(int metric, int sixteenths)
    {
        int code = 1 + (Metric.IsLatency(metric) ? sixteenths : Metric.InUnit(metric, Metric.IsWorseWhenLower(metric) ? -sixteenths : sixteenths));
        return (byte)(code < 1 ? 1 : code > Most ? Most : code);
    }

    public static int Sixteenths(int metric, byte code)
    {
        int value = code - 1;
        if (Metric.IsLatency(metric))
        {
            return value;
        }

        return Metric.IsWorseWhenLower(metric) ? -value * 16 : value * 16;
    }
}
