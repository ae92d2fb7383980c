namespace GatewayAgent.VirtualDevice.Captures;

/// <summary>What a radiotap header says, as far as it matters here. Of a field that stands several times (once an antenna) the first.</summary>
internal struct RadiotapHeader
{
    /// <summary>Bytes of the header: the frame begins behind it.</summary>
    public int Length;

    /// <summary>Field 1.</summary>
    public RadiotapFlags? Flags;

    /// <summary>Field 2, 500 kb/s.</summary>
    public byte? Rate;

    /// <summary>Field 3, or 18, MHz.</summary>
    public ushort? FrequencyMhz;

    /// <summary>Field 5, dBm. The first is the combined one where there are several antennas.</summary>
    public sbyte? SignalDbm;

    /// <summary>Field 6, dBm.</summary>
    public sbyte? NoiseDbm;

    /// <summary>Field 19.</summary>
    public RadiotapMcs? Mcs;

    /// <summary>Field 20: which A-MPDU the frame is part of.</summary>
    public uint? AmpduReference;

    /// <summary>Field 21.</summary>
    public RadiotapVht? Vht;

    /// <summary>Field 23.</summary>
    public RadiotapHe? He;
}

/// <summary>Field 1 of radiotap.</summary>
[Flags]
internal enum RadiotapFlags : byte
{
    None = 0,
    ShortPreamble = 0x02,
    FcsAtEnd = 0x10,
    DataPad = 0x20,
    BadFcs = 0x40,
    ShortGuardInterval = 0x80,
}
