using GatewayAgent.VirtualDevice.Native;

namespace GatewayAgent.VirtualDevice.Homes;

/// <summary>Data frames from one sender to one receiver, for a second.</summary>
/// <param name="FramesPerSecond">Mean.</param>
/// <param name="Bytes">Length on the air, FCS included.</param>
/// <param name="Rate">How they are modulated.</param>
internal readonly record struct Flow(Emitter From, Emitter To, byte[] Bssid, int Channel, double FramesPerSecond, int Bytes, DataRate Rate)
{
    /// <summary>Bytes of the header that a radio hears; the rest says nothing to it.</summary>
    public const int HeaderBytes = 26;

    /// <summary>Writes the header of a QoS data frame.</summary>
    public void WriteHeader(Span<byte> header)
    {
        header.Clear();
        header[0] = 0x88;
        header[1] = (byte)(From is AccessPoint ? 2 : 1); // from or to the distribution system
        To.Mac.CopyTo(header[4..]);
        From.Mac.CopyTo(header[10..]);
        Bssid.CopyTo(header[16..]);
    }
}

/// <summary>An HT rate of one stream at 20 MHz and what it takes to receive it.</summary>
internal readonly record struct DataRate(byte Mcs)
{
    // Usual receiver sensitivities, dBm.
    private static readonly sbyte[] _weakest = [-90, -87, -85, -82, -78, -74, -72, -71];
    private static readonly double[] _megabits = [6.5, 13, 19.5, 26, 39, 52, 58.5, 65];

    public const double MarginDb = 4;

    public double WeakestDbm => _weakest[Mcs];

    /// <summary>Seconds of air time of a frame, contention and acknowledgement included.</summary>
    public double Seconds(int bytes) => ((bytes * 8 / _megabits[Mcs]) + 150) / 1e6;

    /// <summary>The highest rate that a sender dares at this RSSI.</summary>
    public static DataRate For(double rssi)
    {
        byte mcs = (byte)(_weakest.Length - 1);
        while (mcs > 0 && rssi < _weakest[mcs] + MarginDb)
        {
            mcs--;
        }

        return new DataRate(mcs);
    }

    public void Describe(ref FrameInfo info)
    {
        info.Phy = Phy.Ht;
        info.Mcs = Mcs;
        info.BandwidthMhz = 20;
    }
}
