namespace GatewayAgent.Sampling;

/// <summary>
/// Reads fields of the native channel records (ABI 1, 48 bytes, little-endian) in place, so that a window closes without an object a
/// channel. <c>at</c> is the offset of a record in the buffer.
/// </summary>
public static class ChannelRecord
{
    /// <summary>An i8 field that was not measured.</summary>
    public const int Unknown8 = -128;

    public static int Channel(byte[] records, int at) => records[at];

    public static int ApCount(byte[] records, int at) => records[at + 2];

    /// <summary>Strongest beacon or probe response, dBm, or <see cref="Unknown8"/>.</summary>
    public static int MaxRssi(byte[] records, int at) => (sbyte)records[at + 3];

    public static uint DwellUs(byte[] records, int at) => U32(records, at + 4);

    public static uint AirtimeUs(byte[] records, int at) => U32(records, at + 8);

    /// <summary>All frames, beacons included.</summary>
    public static uint Frames(byte[] records, int at) => U32(records, at + 12);

    public static uint Beacons(byte[] records, int at) => U32(records, at + 16);

    public static uint StationsMax(byte[] records, int at) => U16(records, at + 30);

    public static uint LoadSum(byte[] records, int at) => U32(records, at + 32);

    public static uint LoadCount(byte[] records, int at) => U32(records, at + 36);

    public static uint LoadMin(byte[] records, int at) => records[at + 40];

    public static uint LoadMax(byte[] records, int at) => records[at + 41];

    private static uint U16(byte[] records, int at) => (uint)(records[at] | (records[at + 1] << 8));

    private static uint U32(byte[] records, int at) =>
        (uint)(records[at] | (records[at + 1] << 8) | (records[at + 2] << 16) | (records[at + 3] << 24));
}
