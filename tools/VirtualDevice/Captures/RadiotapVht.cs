using System.Buffers.Binary;

namespace GatewayAgent.VirtualDevice.Captures;

/// <summary>Field 21 of radiotap: VHT.</summary>
/// <param name="Known">Which of the others are stated.</param>
/// <param name="Users">MCS and streams of up to four users, a byte each; 0 in the lower half = no user.</param>
/// <param name="Coding">Bit n = user n's coding is LDPC.</param>
internal readonly record struct RadiotapVht(ushort Known, byte Flags, byte Bandwidth, uint Users, byte Coding)
{
    private const ushort StbcKnown = 0x01, GuardIntervalKnown = 0x04, ExtraSymbolKnown = 0x10, BandwidthKnown = 0x40;
    private const byte Stbc = 0x01, ShortGuardInterval = 0x04, ExtraSymbol = 0x10;
    private const byte BandwidthMask = 0x1F;
    private const int MaxUsers = 4;

    public static RadiotapVht Read(ReadOnlySpan<byte> field) => new(
        BinaryPrimitives.ReadUInt16LittleEndian(field),
        field[2],
        field[3],
        BinaryPrimitives.ReadUInt32LittleEndian(field[4..]),
        field[8]);

    /// <summary>
    /// The only user; −1 when there is none or more than one: whose frame it is then, and so its rate, is not stated.
    /// </summary>
    public int User
    {
        get
        {
            int found = -1;
            for (int user = 0; user < MaxUsers; user++)
            {
                if (StreamsOf(user) != 0)
                {
                    if (found >= 0)
                    {
                        return -1;
                    }

                    found = user;
                }
            }

            return found;
        }
    }

    /// <summary>20, 40, 80, 160 (also the parts of a wider channel), or 0 = unknown.</summary>
    public byte BandwidthMhz => !IsKnown(BandwidthKnown) ? (byte)0 : (Bandwidth & BandwidthMask) switch
    {
        0 or 2 or 3 or (>= 7 and <= 10) or (>= 18 and <= 25) => (byte)20,
        1 or 5 or 6 or (>= 14 and <= 17) => (byte)40,
        4 or 12 or 13 => (byte)80,
        11 => (byte)160,
        _ => (byte)0,
    };

    /// <summary>So too when it is not stated: the estimate is to be a lower bound.</summary>
    public bool IsShortGuardInterval => !IsKnown(GuardIntervalKnown) || (Flags & ShortGuardInterval) != 0;

    public bool HasStbc => IsKnown(StbcKnown) && (Flags & Stbc) != 0;

    public bool HasExtraSymbol => IsKnown(ExtraSymbolKnown) && (Flags & ExtraSymbol) != 0;

    public byte StreamsOf(int user) => (byte)(Users >> (user * 8) & 0x0F);

    public byte McsOf(int user) => (byte)(Users >> ((user * 8) + 4) & 0x0F);

    public bool IsLdpc(int user) => (Coding >> user & 1) != 0;

    private bool IsKnown(ushort part) => (Known & part) != 0;
}
