namespace GatewayAgent.DeviceTests.Fakes;

/// <summary>Finds top-level fields of an encoded report, so that device tests can look into one without a generator.</summary>
public static class ReportFields
{
    /// <summary>Value of a top-level varint or fixed32 field, length of a message; −1 when it is absent.</summary>
    public static long Value(byte[] report, int field) => Find(report, field, out _);

    /// <summary>Where the content of a top-level message starts; −1 when it is absent.</summary>
    public static int Start(byte[] report, int field)
    {
        Find(report, field, out int at);
        return at;
    }

    /// <summary>As <see cref="Value"/>, of a plain counter: absent is 0.</summary>
    public static long ValueOrZero(byte[] report, int field)
    {
        long value = Value(report, field);
        return value < 0 ? 0 : value;
    }

    public static uint Sequence(byte[] report) => (uint)Value(report, 2);

    public static bool IsReplayed(byte[] report) => Value(report, 15) == 1;

    // Of several values the last one holds.
    private static long Find(byte[] report, int field, out int at)
    {
        long found = -1;
        at = -1;
        int next = 0;
        while (next < report.Length)
        {
            long tag = Varint(report, ref next);
            int wire = (int)(tag & 7);
            long value = wire == 5 ? Fixed32(report, ref next) : Varint(report, ref next);
            if (tag >> 3 == field)
            {
                found = value;
                at = next;
            }

            if (wire == 2)
            {
                next += (int)value;
            }
        }

        return found;
    }

    private static long Fixed32(byte[] report, ref int at)
    {
        at += 4;
        return (uint)(report[at - 4] | (report[at - 3] << 8) | (report[at - 2] << 16) | (report[at - 1] << 24));
    }

    private static long Varint(byte[] report, ref int at)
    {
        long value = 0;
        int shift = 0;
        byte part;
        do
        {
            part = report[at++];
            value |= (long)(part & 0x7F) << shift;
            shift += 7;
        }
        while (part >= 0x80);
        return value;
    }
}
