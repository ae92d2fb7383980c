namespace GatewayAgent.Storage;

/// <summary>
/// CRC-32 of IEEE 802.3, four bits a step: a table of 16 entries. System.IO.Hashing has one too, but it would tie the agent, which needs no
/// native assembly but the core library, to one more whose checksum the image must match.
/// </summary>
internal static class Crc32
{
    private static readonly uint[] _table =
    {
        0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4, 0x4DB26158, 0x5005713C,
        0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C, 0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C,
    };

    public static uint Of(byte[] data, int offset, int count) => Continue(0, data, offset, count);

    /// <param name="crc">Of the bytes before, or any other number to start from: it then belongs to what is checked.</param>
    public static uint Continue(uint crc, byte[] data, int offset, int count)
    {
        uint[] table = _table;
        crc = ~crc;
        for (int i = offset; i < offset + count; i++)
        {
            crc ^= data[i];
            crc = (crc >> 4) ^ table[crc & 15];
            crc = (crc >> 4) ^ table[crc & 15];
        }

        return ~crc;
    }
}
