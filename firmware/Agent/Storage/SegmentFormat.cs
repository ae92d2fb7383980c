namespace GatewayAgent.Storage;

/// <summary>
/// The bytes of a segment: a file of at most <see cref="Limits.JournalSegmentBytes"/>. All numbers are little-endian.
///
/// <code>
///   segment  = header, the same header again, { record }, [ mark ]
///   header   = "GWJ" version number(4) from(4) through(4) level(1) rewritten(1) CRC-32 of all that(4)
///   record   = length(2) check(1) CRC-32(4) report
///   mark     = a record of length 0: all that was to be written is there
/// </code>
/// The header stands twice, so that one bad byte does not cost all records of a segment. The check byte tells a length that is wrong from a
/// record that a power cut left incomplete. The CRC of a record starts from the number of its segment and its place in it: old bytes at a new
/// place are no record.
/// </summary>
internal static class SegmentFormat
{
    public const int HeaderBytes = 22;

    /// <summary>Where the first record stands.</summary>
    public const int RecordStart = 2 * HeaderBytes;

    /// <summary>What stands before a report.</summary>
    public const int HeadBytes = 7;

    public const int LargestRecord = HeadBytes + Limits.ReportBytes;

    private const byte Version = 1, CheckSeed = 0xA5;

    public static void PutHeader(byte[] data, int at, uint number, uint from, uint through, int level, bool isRewritten)
    {
        data[at] = (byte)'G';
        data[at + 1] = (byte)'W';
        data[at + 2] = (byte)'J';
        data[at + 3] = Version;
        Put32(data, at + 4, number);
        Put32(data, at + 8, from);
        Put32(data, at + 12, through);
        data[at + 16] = (byte)level;
        data[at + 17] = (byte)(isRewritten ? 1 : 0);
        Put32(data, at + 18, Crc32.Of(data, at, 18));
    }

    public static bool IsHeader(byte[] data, int at) =>
        data[at] == 'G' && data[at + 1] == 'W' && data[at + 2] == 'J' && data[at + 3] == Version
        && Get32(data, at + 18) == Crc32.Of(data, at, 18);

    /// <param name="at">Of the head; the report stands behind it already.</param>
    /// <param name="number">Of the segment.</param>
    /// <param name="offset">Of the record in the segment.</param>
    public static void PutHead(byte[] data, int at, int length, uint number, int offset)
    {
        data[at] = (byte)length;
        data[at + 1] = (byte)(length >> 8);
        data[at + 2] = Check(data, at);
        Put32(data, at + 3, RecordCrc(data, at, length, number, offset));
    }

    /// <returns>−1 when this is not the beginning of a record. Needs the first three bytes of it.</returns>
    public static int Length(byte[] data, int at)
    {
        int length = data[at] | (data[at + 1] << 8);
        return data[at + 2] == Check(data, at) && length <= Limits.ReportBytes ? length : -1;
    }

    public static bool IsIntact(byte[] data, int at, int length, uint number, int offset) =>
        Get32(data, at + 3) == RecordCrc(data, at, length, number, offset);

    public static uint Get32(byte[] data, int at) =>
        (uint)(data[at] | (data[at + 1] << 8) | (data[at + 2] << 16) | (data[at + 3] << 24));

    public static void Put32(byte[] data, int at, uint value)
    {
        data[at] = (byte)value;
        data[at + 1] = (byte)(value >> 8);
        data[at + 2] = (byte)(value >> 16);
        data[at + 3] = (byte)(value >> 24);
    }

    private static byte Check(byte[] data, int at) => (byte)(data[at] ^ data[at + 1] ^ CheckSeed);

    private static uint RecordCrc(byte[] data, int at, int length, uint number, int offset) =>
        Crc32.Continue(number ^ ((uint)offset << 16) ^ (uint)length, data, at + HeadBytes, length);
}
