namespace GatewayAgent.Statistics;

/// <summary>Samples, sum, least and most of a small count, such as the number of stations.</summary>
public sealed class CountStatistics
{
    public uint Samples { get; internal set; }

    public uint Sum { get; internal set; }

    /// <summary>Meaningless while <see cref="Samples"/> is 0.</summary>
    public uint Min { get; internal set; }

    public uint Max { get; internal set; }

    /// <param name="count">At least 0.</param>
    public void Add(int count)
    {
        uint value = (uint)count;
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
