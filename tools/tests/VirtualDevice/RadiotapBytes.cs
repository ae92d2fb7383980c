namespace GatewayAgent.Tests.VirtualDevice;

/// <summary>Radiotap headers made by hand.</summary>
internal static class RadiotapBytes
{
    public const byte FcsAtEnd = 0x10, BadFcs = 0x40;

    /// <summary>A header of present words and field bytes, with its length filled in.</summary>
    public static byte[] Header(uint[] present, params byte[] fields)
    {
        var header = new List<byte> { 0, 0, 0, 0 };
        foreach (uint word in present)
        {
            header.AddRange(BitConverter.GetBytes(word));
        }

        header.AddRange(fields);
        header[2] = (byte)header.Count;
        header[3] = (byte)(header.Count >> 8);
        return [.. header];
    }

    /// <summary>Flags, rate (500 kb/s), channel and signal: what most captures hold.</summary>
    public static byte[] Usual(int mhz = 2437, int dbm = -50, byte flags = 0, byte rate = 2) =>
        Header([0b10_1110], flags, rate, (byte)mhz, (byte)(mhz >> 8), 0, 0, (byte)dbm);

    /// <summary>A header with a VHT field alone.</summary>
    /// <param name="users">MCS in the upper, streams in the lower half of each of four bytes.</param>
    public static byte[] Vht(ushort known, byte flags, byte bandwidth, byte[] users, byte coding) =>
        Header([1 << 21], VhtField(known, flags, bandwidth, users, coding));

    public static byte[] VhtField(ushort known, byte flags, byte bandwidth, byte[] users, byte coding) =>
        [(byte)known, (byte)(known >> 8), flags, bandwidth, .. users, coding, 0, 0, 0];

    /// <summary>A header with an HE field alone; the fourth of its six words, which nobody reads, is 0.</summary>
    public static byte[] He(ushort data1, ushort data2, ushort data3, ushort data5, ushort data6)
    {
        var fields = new List<byte>();
        foreach (ushort data in new ushort[] { data1, data2, data3, 0, data5, data6 })
        {
            fields.AddRange(BitConverter.GetBytes(data));
        }

        return Header([1 << 23], [.. fields]);
    }
}
