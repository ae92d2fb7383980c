namespace GatewayAgent.Privacy;

/// <summary>
/// SipHash-2-4 (Aumasson, Bernstein: "SipHash: a fast short-input PRF", 2012): 64 bits that, without the key, tell nothing of short inputs
/// such as addresses. Allocates nothing.
/// </summary>
public static class SipHash
{
    private const int BlockBytes = 8;
    private const int CompressionRounds = 2, FinalRounds = 4;

    /// <param name="key"><see cref="Limits.HomeKeyBytes"/> bytes.</param>
    /// <param name="data">Holds the input.</param>
    /// <param name="offset">First byte of the input.</param>
    /// <param name="length">Bytes of the input.</param>
    public static ulong Hash(byte[] key, byte[] data, int offset, int length)
    {
        ulong k0 = Word(key, 0, BlockBytes), k1 = Word(key, BlockBytes, BlockBytes);
        ulong v0 = k0 ^ 0x736f6d6570736575, v1 = k1 ^ 0x646f72616e646f6d, v2 = k0 ^ 0x6c7967656e657261, v3 = k1 ^ 0x7465646279746573;

        // Whole blocks, then the rest with the length in its top byte, then the finalisation, which is a block of zeros with more rounds.
        int blocks = length / BlockBytes;
        for (int block = 0; block <= blocks + 1; block++)
        {
            ulong word = 0;
            int rounds = CompressionRounds;
            if (block < blocks)
            {
                word = Word(data, offset + (block * BlockBytes), BlockBytes);
            }
            else if (block == blocks)
            {
                word = Word(data, offset + (block * BlockBytes), length % BlockBytes) | ((ulong)length << 56);
            }
            else
            {
                v2 ^= 0xff;
                rounds = FinalRounds;
            }

            v3 ^= word;
            for (; rounds > 0; rounds--)
            {
                v0 += v1;
                v2 += v3;
                v1 = ((v1 << 13) | (v1 >> 51)) ^ v0;
                v3 = ((v3 << 16) | (v3 >> 48)) ^ v2;
                v0 = (v0 << 32) | (v0 >> 32);
                v2 += v1;
                v0 += v3;
                v1 = ((v1 << 17) | (v1 >> 47)) ^ v2;
                v3 = ((v3 << 21) | (v3 >> 43)) ^ v0;
                v2 = (v2 << 32) | (v2 >> 32);
            }

            v0 ^= word;
        }

        return v0 ^ v1 ^ v2 ^ v3;
    }

    // Little-endian.
    private static ulong Word(byte[] data, int offset, int bytes)
    {
        ulong word = 0;
        for (int i = bytes - 1; i >= 0; i--)
        {
            word = (word << 8) | data[offset + i];
        }

        return word;
    }
}
