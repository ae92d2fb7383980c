namespace GatewayAgent.DeviceTests.Fakes;

/// <summary>Finds top-level fields of an encoded report, so that device tests can look into one without a generator.</summary>
public static class ReportFields
{
    /// <summary>Value of a top-level varint or fixed32 field; −1 when it is absent.</summary>
    public static long Value(byte[] report, int field)
    {
        int at = 0;
        while (at < report.Length)
        {
            int tag = report[at++];
            int wire = tag & 7;
            long value = 0;
            if (wire == 5)
            {
                value = (uint)(report[at] | (report[at + 1] << 8) | (report[at + 2] << 16) | (report[at + 3] << 24));
                at += 4;
            }
            else
            {
                int shift = 0;
                byte part;
                do
                {
                    part = report[at++];
                    value |= (long)(part & 0x7F) << shift;
                    shift += 7;
                }
                while (part >= 0x80);
            }

            if (tag >> 3 == field)
            {
                return value;
            }

            if (wire == 2)
            {
                at += (int)value;
            }
        }

        return -1;
    }

    public static uint Sequence(byte[] report) => (uint)Value(report, 2);

    public static bool IsReplayed(byte[] report) => Value(report, 15) == 1;
}
