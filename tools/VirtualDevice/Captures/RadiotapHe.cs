using System.Buffers.Binary;
using GatewayAgent.VirtualDevice.Native;

namespace GatewayAgent.VirtualDevice.Captures;

/// <summary>Field 23 of radiotap: HE. Of a PPDU for several users it describes the frame's own.</summary>
/// <param name="Data1">Format, and what of <paramref name="Data3"/> and the bandwidth is stated.</param>
/// <param name="Data2">What of <paramref name="Data5"/> is stated.</param>
internal readonly record struct RadiotapHe(ushort Data1, ushort Data2, ushort Data3, ushort Data5, ushort Data6)
{
    private const ushort FormatMask = 0x0003, McsKnown = 0x0020, DualCarrierKnown = 0x0040, CodingKnown = 0x0080, StbcKnown = 0x0200, WidthKnown = 0x4000;
    private const ushort GuardIntervalKnown = 0x0002;
    private const ushort DualCarrier = 0x1000, Ldpc = 0x2000, Stbc = 0x8000;
    private const int McsShift = 8, GuardIntervalShift = 4, TrainingFieldShift = 6;
    private const int WidthMask = 0x0F, McsMask = 0x0F, SpaceTimeStreamsMask = 0x0F, GuardIntervalMask = 3, TrainingFieldMask = 3;

    public static RadiotapHe Read(ReadOnlySpan<byte> field) => new(
        BinaryPrimitives.ReadUInt16LittleEndian(field),
        BinaryPrimitives.ReadUInt16LittleEndian(field[2..]),
        BinaryPrimitives.ReadUInt16LittleEndian(field[4..]),
        BinaryPrimitives.ReadUInt16LittleEndian(field[8..]),
        BinaryPrimitives.ReadUInt16LittleEndian(field[10..]));

    /// <summary>Without it there is no rate.</summary>
    public bool HasMcs => (Data1 & McsKnown) != 0;

    public Phy Phy => (Phy)((int)Phy.HeSingleUser + (Data1 & FormatMask));

    public byte Mcs => (byte)(Data3 >> McsShift & McsMask);

    /// <summary>20, 40, 80, 160, also as a resource unit of as many tones; 0 = unknown or a smaller unit.</summary>
    public byte BandwidthMhz => Width switch
    {
        0 or 7 => 20,
        1 or 8 => 40,
        2 or 9 => 80,
        3 or 10 => 160,
        _ => 0,
    };

    /// <summary>26, 52 or 106 tones; 0 = all of the bandwidth.</summary>
    public byte ResourceUnit => Width switch
    {
        4 => 26,
        5 => 52,
        6 => 106,
        _ => 0,
    };

    /// <summary>Tenths of a microsecond; 0 = unknown.</summary>
    public byte GuardInterval => (Data2 & GuardIntervalKnown) == 0 ? (byte)0 : (Data5 >> GuardIntervalShift & GuardIntervalMask) switch
    {
        0 => (byte)8,
        1 => (byte)16,
        2 => (byte)32,
        _ => (byte)0,
    };

    /// <summary>1, 2 or 4 times the shortest; 0 = unknown.</summary>
    public byte TrainingField => (byte)(1 << (Data5 >> TrainingFieldShift & TrainingFieldMask) >> 1);

    /// <summary>Space-time streams beyond the spatial ones. Of HE only a single stream has one.</summary>
    public byte StbcStreams => (Data1 & StbcKnown) != 0 && (Data3 & Stbc) != 0 ? (byte)1 : (byte)0;

    /// <summary>Spatial streams; 0 = unknown.</summary>
    public byte Streams => (byte)Math.Max(0, (Data6 & SpaceTimeStreamsMask) - StbcStreams);

    public bool IsDualCarrier => (Data1 & DualCarrierKnown) != 0 && (Data3 & DualCarrier) != 0;

    /// <summary>So too when it is not stated: the estimate is to be a lower bound, and LDPC is the shorter.</summary>
    public bool IsLdpc => (Data1 & CodingKnown) == 0 || (Data3 & Ldpc) != 0;

    private int Width => (Data1 & WidthKnown) != 0 ? Data5 & WidthMask : WidthMask;
}
