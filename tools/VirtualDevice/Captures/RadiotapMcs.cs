namespace GatewayAgent.VirtualDevice.Captures;

/// <summary>Field 19 of radiotap: HT.</summary>
/// <param name="Known">Which of the others are stated.</param>
internal readonly record struct RadiotapMcs(byte Known, byte Flags, byte Index)
{
    private const byte BandwidthKnown = 0x01, IndexKnown = 0x02, GuardIntervalKnown = 0x04, FormatKnown = 0x08, CodingKnown = 0x10, StbcKnown = 0x20;
    private const byte BandwidthMask = 0x03, Bandwidth40 = 1, ShortGuardInterval = 0x04, Greenfield = 0x08, Ldpc = 0x10;
    private const int StbcShift = 5, StbcMask = 0x03;

    public bool HasIndex => IsKnown(IndexKnown);

    /// <summary>20 (also the halves of a 40 MHz channel), 40, or 0 = unknown.</summary>
    public byte BandwidthMhz => !IsKnown(BandwidthKnown) ? (byte)0 : (byte)((Flags & BandwidthMask) == Bandwidth40 ? 40 : 20);

    /// <summary>So too when it is not stated: the estimate is to be a lower bound.</summary>
    public bool IsShortGuardInterval => !IsKnown(GuardIntervalKnown) || (Flags & ShortGuardInterval) != 0;

    public bool IsGreenfield => IsKnown(FormatKnown) && (Flags & Greenfield) != 0;

    public bool IsLdpc => IsKnown(CodingKnown) && (Flags & Ldpc) != 0;

    /// <summary>Space-time streams beyond the spatial ones.</summary>
    public byte StbcStreams => IsKnown(StbcKnown) ? (byte)(Flags >> StbcShift & StbcMask) : (byte)0;

    private bool IsKnown(byte part) => (Known & part) != 0;
}
