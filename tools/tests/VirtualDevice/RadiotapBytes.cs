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
}
