using GatewayAgent.Sampling;
using GatewayAgent.VirtualDevice.Homes;

namespace GatewayAgent.VirtualDevice.Fleet;

/// <summary>Used air time of all channels: those of 2.4 GHz overlap, those of 5 GHz do not.</summary>
internal sealed class SpectrumLoad
{
    public const double Most = 0.97;
    private const int Channels2g = 14;
    private const double Beacons = 0.01;

    private readonly ChannelLoad _low = new();
    private readonly double[] _high = new double[Limits.Channels];

    public static bool IsLow(int channel) => channel <= Channels2g;

    public void Clear()
    {
        _low.Clear();
        Array.Fill(_high, Beacons);
    }

    /// <param name="share">Share of the air time, 0–1.</param>
    public void Add(int channel, double share)
    {
        if (IsLow(channel))
        {
            _low.Add(channel, share);
        }
        else
        {
            _high[ChannelMap.IndexOf(channel)] += share;
        }
    }

    public double On(int channel) => IsLow(channel) ? _low.On(channel) : Math.Min(Most, _high[ChannelMap.IndexOf(channel)]);
}
