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

    /// <summary>Field 19.</summary>
    public RadiotapMcs? Mcs;

    /// <summary>Field 20: which A-MPDU the frame is part of.</summary>
    public uint? AmpduReference;

    /// <summary>Fields 21 and from 23: VHT, HE or newer, whose air time is not computed.</summary>
    public bool IsVhtOrNewer;
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

/// <summary>Field 19 of radiotap.</summary>
/// <param name="Known">Which of the others are stated.</param>
internal readonly record struct RadiotapMcs(byte Known, byte Flags, byte Index)
{
    private const byte BandwidthKnown = 0x01, IndexKnown = 0x02, GuardIntervalKnown = 0x04;
    private const byte BandwidthMask = 0x03, Bandwidth40 = 1, ShortGuardInterval = 0x04;

    public bool HasIndex => (Known & IndexKnown) != 0;

    /// <summary>20 (also the halves of a 40 MHz channel), 40, or 0 = unknown.</summary>
    public byte BandwidthMhz => (Known & BandwidthKnown) == 0 ? (byte)0 : (byte)((Flags & BandwidthMask) == Bandwidth40 ? 40 : 20);

    public bool IsShortGuardInterval => (Known & GuardIntervalKnown) != 0 && (Flags & ShortGuardInterval) != 0;
}
