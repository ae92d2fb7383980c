namespace GatewayAgent.Statistics;

/// <summary>Samples, sum, least and most of a small count, such as the number of stations.</summary>
public sealed class CountStatistics
{
    public int Samples { get; private set; }

    public int Sum { get; private set; }

    /// <summary>Meaningless while <see cref="Samples"/> is 0.</summary>
    public int Min { get; private set; }

    public int Max { get; private set; }

    public void Add(int value)
    {
        if (Samples == 0 || value < Min)
        {
            Min = value;
        }

        if (Samples == 0 || value > Max)
        {
            Max = value;
        }

        Samples++;
        Sum += value;
    }

    public void Clear()
    {
        Samples = 0;
        Sum = 0;
        Min = 0;
        Max = 0;
    }
}
