using System.Buffers.Binary;
using GatewayAgent.Device.Radio;

namespace GatewayAgent.Tests.Firmware;

/// <summary>The native assembly with records in the test's hand (ABI 1). Reading it allocates nothing.</summary>
internal sealed class FakeNativeRadio : INativeRadio
{
    private const int ChannelBytes = 48, Channels = 13, Stations = 8;

    public byte[] Caps { get; } = new byte[16];

    public byte[] Link { get; } = new byte[24];

    public byte[] Totals { get; } = new byte[32];

    public byte[] Health { get; } = new byte[28];

    public int Dwells { get; private set; }

    /// <summary>Thrown by the first call, as on an image without the assembly.</summary>
    public Exception? Missing { get; init; }

    /// <summary>What the first call returns.</summary>
    public int CapsAnswer { get; init; } = 16;

    /// <summary>By how many records it overstates what it wrote.</summary>
    public int MoreRecords { get; init; }

    private readonly byte[] _channels = new byte[ChannelBytes * Channels];
    private readonly byte[] _stations = new byte[8 * Stations];

    public FakeNativeRadio()
    {
        BinaryPrimitives.WriteUInt16LittleEndian(Caps, 1);
        Caps[4] = 0x0F;
        BinaryPrimitives.WriteUInt32LittleEndian(Caps.AsSpan(8), 0x3FFE);
        Link[0] = 1;
        Link[2] = 6;
        Link[23] = 255;
        Hear(0);
    }

    /// <summary>Lets all values change with the tick.</summary>
    public void Hear(int tick)
    {
        // A month of good, a month of bad: detection has something to tell. Now and then another access point serves.
        Link[1] = unchecked((byte)(sbyte)(-50 - (tick % 28) - (tick / 3_000_000 % 2 * 12)));
        Link[9] = (byte)(tick / 1_000_000);
        Link[14] = (byte)(tick / 1000);
        BinaryPrimitives.WriteUInt32LittleEndian(Totals.AsSpan(4), (uint)tick);
        for (int i = 0; i < Stations; i++)
        {
            _stations[(i * 8) + 6] = unchecked((byte)(sbyte)(-40 - ((tick + i) % 50)));
        }

        for (int i = 0; i < Channels; i++)
        {
            Span<byte> record = _channels.AsSpan(i * ChannelBytes, ChannelBytes);
            record[0] = (byte)(i + 1);
            record[2] = (byte)(tick % 9);
            record[3] = unchecked((byte)-60);
            BinaryPrimitives.WriteUInt32LittleEndian(record[4..], 720_000u + (uint)(tick % 100_000));
            BinaryPrimitives.WriteUInt32LittleEndian(record[12..], i % 3 == 0 ? (uint)(tick % 9000) : 0);
            BinaryPrimitives.WriteUInt32LittleEndian(record[16..], i % 3 == 0 ? (uint)(tick % 900) : 0);
        }
    }

    public int GetCaps(byte[] record)
    {
        if (Missing != null)
        {
            throw Missing;
        }

        Copy(Caps, record);
        return CapsAnswer;
    }

    public int GetLink(byte[] record) => Copy(Link, record);

    public int GetStations(byte[] records)
    {
        Copy(_stations, records);
        return Stations + MoreRecords;
    }

    public int TakeChannels(byte[] records)
    {
        Copy(_channels, records);
        return Channels + MoreRecords;
    }

    public int GetTotals(byte[] record) => Copy(Totals, record);

    public int GetHealth(byte[] record) => Copy(Health, record);

    public int BeginDwell(int channel, int milliseconds)
    {
        Dwells++;
        return 0;
    }

    private static int Copy(byte[] from, byte[] to)
    {
        Array.Copy(from, to, from.Length);
        return from.Length;
    }
}
