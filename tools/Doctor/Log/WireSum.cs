namespace GatewayAgent.Doctor.Log;

/// <summary>The check sum of the Wire Protocol: CRC-32 of polynomial 04C11DB7, highest bit first, from 0, not inverted at the end.</summary>
internal static class WireSum
{
    private const uint Polynomial = 0x04C11DB7, TopBit = 0x80000000;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        foreach (byte b in bytes)
        {
            sum ^= (uint)b << 24;
            for (int bit = 0; bit < 8; bit++)
            {
                sum = (sum & TopBit) != 0 ? (sum << 1) ^ Polynomial : sum << 1;
            }
        }

        return sum;
    }
}
