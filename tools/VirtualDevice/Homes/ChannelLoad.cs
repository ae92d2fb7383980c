namespace GatewayAgent.VirtualDevice.Homes;

/// <summary>How much of the air time of each 2.4 GHz channel is used. Channels less than five numbers apart overlap.</summary>
internal sealed class ChannelLoad
{
    private const int Channels = 14;
    private const double Most = 0.97;
    private const double Beacons = 0.03;
    private const int MicrowaveFirst = 5, MicrowaveLast = 13;
    private const double Microwave = 0.5;

    private static readonly double[] _overlap = [1, 0.7, 0.35, 0.1, 0.03];

    private readonly double[] _used = new double[Channels + 1];

    public void Clear() => Array.Fill(_used, Beacons);

    /// <param name="share">Share of the air time, 0–1.</param>
    public void Add(int channel, double share)
    {
        for (int other = Math.Max(1, channel - 4); other <= Math.Min(Channels, channel + 4); other++)
        {
            _used[other] += share * _overlap[Math.Abs(other - channel)];
        }
    }

    public void AddMicrowave()
    {
        for (int channel = MicrowaveFirst; channel <= MicrowaveLast; channel++)
        {
            _used[channel] += Microwave;
        }
    }

    public double On(int channel) => Math.Min(Most, _used[channel]);
}
