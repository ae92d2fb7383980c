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

    public static uint Sequence(byte[] report) => (uint)Value(report, 2);

    public static bool IsReplayed(byte[] report) => Value(report, 15) == 1;

    private static long Find(byte[] report, int field, out int at)
    {
        at = 0;
        while (at < report.Length)
        {
            int tag = report[at++];
            int wire = tag & 7;
            long value = wire == 5 ? Fixed32(report, ref at) : Varint(report, ref at);
            if (tag >> 3 == field)
            {
                return value;
            }

            if (wire == 2)
            {
                at += (int)value;
            }
        }

        at = -1;
        return -1;
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
