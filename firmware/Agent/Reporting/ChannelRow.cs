using GatewayAgent.Sampling;

namespace GatewayAgent.Reporting;

/// <summary>
/// What a window keeps of a channel, in the units of the report: <see cref="Limits.ChannelRowBytes"/> bytes in an array that holds one row after
/// another. <c>at</c> is the offset of a row. Other than the native records, a row has room for the air time of months.
/// </summary>
internal static class ChannelRow
{
    // Offsets of the fields, little-endian.
    public const int ChannelAt = 0, ApCountAt = 2, RssiAt = 3, DwellAt = 4, AirtimeAt = 8, OtherFramesAt = 12, BeaconsAt = 16,
        LoadSumAt = 20, LoadCountAt = 24, StationsMaxAt = 28, LoadMinAt = 30, LoadMaxAt = 31;

    /// <summary>Frames were heard on the channel.</summary>
    public static bool IsHeard(byte[] rows, int at) => (U32(rows, at + OtherFramesAt) | U32(rows, at + BeaconsAt)) != 0;

    /// <summary>The channel was listened to, and nothing was heard.</summary>
    public static bool IsQuiet(byte[] rows, int at) => !IsHeard(rows, at) && U32(rows, at + DwellAt) != 0;

    public static uint U16(byte[] rows, int at) => (uint)(rows[at] | (rows[at + 1] << 8));

    public static uint U32(byte[] rows, int at) =>
        (uint)(rows[at] | (rows[at + 1] << 8) | (rows[at + 2] << 16) | (rows[at + 3] << 24));

    public static void Put16(byte[] rows, int at, uint value)
    {
        rows[at] = (byte)value;
        rows[at + 1] = (byte)(value >> 8);
    }

    public static void Put32(byte[] rows, int at, uint value)
    {
        Put16(rows, at, value);
        Put16(rows, at + 2, value >> 16);
    }

    /// <summary>A channel of which nothing is known.</summary>
    public static void Clear(byte[] rows, int at)
    {
        System.Array.Clear(rows, at, Limits.ChannelRowBytes);
        rows[at + RssiAt] = unchecked((byte)ChannelRecord.Unknown8);
    }

    /// <summary>
    /// Makes a row of a native record in the same array, at the record's place or before it: everything is read before anything is written.
    /// </summary>
    public static void FromNative(byte[] bytes, int record, int at)
    {
        byte channel = (byte)ChannelRecord.Channel(bytes, record);
        byte apCount = (byte)ChannelRecord.ApCount(bytes, record);
        byte rssi = (byte)ChannelRecord.MaxRssi(bytes, record);
        uint dwell = Centiseconds(ChannelRecord.DwellUs(bytes, record));
        uint airtime = Rounded(ChannelRecord.AirtimeUs(bytes, record), 1000);
        uint frames = ChannelRecord.Frames(bytes, record);
        uint beacons = ChannelRecord.Beacons(bytes, record);
        uint loadSum = ChannelRecord.LoadSum(bytes, record);
        uint loadCount = ChannelRecord.LoadCount(bytes, record);
        uint stationsMax = ChannelRecord.StationsMax(bytes, record);
        byte loadMin = (byte)ChannelRecord.LoadMin(bytes, record);
        byte loadMax = (byte)ChannelRecord.LoadMax(bytes, record);

        bytes[at + ChannelAt] = channel;
        bytes[at + ApCountAt] = apCount;
        bytes[at + RssiAt] = rssi;
        Put32(bytes, at + DwellAt, dwell);
        Put32(bytes, at + AirtimeAt, airtime);
        Put32(bytes, at + OtherFramesAt, frames - beacons);
        Put32(bytes, at + BeaconsAt, beacons);
        Put32(bytes, at + LoadSumAt, loadSum);
        Put32(bytes, at + LoadCountAt, loadCount);
        Put16(bytes, at + StationsMaxAt, stationsMax);
        bytes[at + LoadMinAt] = loadMin;
        bytes[at + LoadMaxAt] = loadMax;
    }

    // 0 means not listened to: what was shorter than half a hundredth of a second is not nothing.
    private static uint Centiseconds(uint microseconds) =>
        microseconds != 0 && microseconds < 5000 ? 1 : Rounded(microseconds, 10000);

    private static uint Rounded(uint value, uint unit) => (value / unit) + (value % unit >= unit / 2 ? 1u : 0u);
}
