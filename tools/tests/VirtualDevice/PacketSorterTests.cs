using GatewayAgent.VirtualDevice.Captures;

namespace GatewayAgent.Tests.VirtualDevice;

public class PacketSorterTests
{
    [Fact]
    public void Packets_within_two_seconds_come_in_the_order_of_their_times()
    {
        PcapBytes capture = new PcapBytes().Packet(10, [0]).Packet(11.9m, [3]).Packet(10.5m, [1]).Packet(11.5m, [2]).Packet(14, [5]).Packet(13, [4]);

        Assert.Equal([0, 1, 2, 3, 4, 5], Order(capture));
    }

    [Fact]
    public void Packets_of_one_time_keep_their_order()
    {
        var capture = new PcapBytes();
        for (byte i = 0; i < 100; i++)
        {
            capture.Packet(10, [i]);
        }

        Assert.Equal(Enumerable.Range(0, 100), Order(capture));
    }

    [Fact]
    public void A_packet_that_comes_more_than_two_seconds_late_stays_late()
    {
        PcapBytes capture = new PcapBytes().Packet(10, [0]).Packet(12.1m, [2]).Packet(9, [1]);

        Assert.Equal([0, 1, 2], Order(capture));
    }

    [Fact]
    public void The_first_time_is_that_of_the_packet_that_stands_first()
    {
        using var reader = Open(new PcapBytes().Packet(10, [1]).Packet(9, [0]));
        var sorter = new PacketSorter(reader);

        Assert.True(sorter.TryTake(out CapturePacket oldest));
        Assert.Equal((9_000_000_000, 10_000_000_000), (oldest.TimeNs, sorter.FirstTimeNs));
    }

    [Fact]
    public void No_more_is_held_than_fits()
    {
        var capture = new PcapBytes();
        byte[] largest = new byte[CaptureReader.MaxPacketBytes];
        largest[0] = 1;
        for (int held = 0; held <= PacketSorter.MaxHeldBytes; held += largest.Length)
        {
            capture.Packet(10.5m, largest);
        }

        Assert.Equal([1, 0], Order(capture.Packet(10, [0])).Take(2));
    }

    private static CaptureReader Open(PcapBytes capture) => CaptureReader.Open(new MemoryStream(capture.ToArray()));

    // The first byte of each packet.
    private static List<int> Order(PcapBytes capture)
    {
        using CaptureReader reader = Open(capture);
        var sorter = new PacketSorter(reader);
        var order = new List<int>();
        while (sorter.TryTake(out CapturePacket packet))
        {
            order.Add(packet.Data.Span[0]);
        }

        return order;
    }
}
