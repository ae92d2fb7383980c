using System.Buffers.Binary;
using GatewayAgent.Device.Radio;
using GatewayAgent.Sampling;

namespace GatewayAgent.Tests.Firmware;

public class InteropRadioTests
{
    [Fact]
    public void An_image_without_the_native_assembly_is_left_to_the_stock_radio() =>
        Assert.Null(InteropRadio.Probe(new FakeNativeRadio { Missing = new NotSupportedException() }));

    [Fact]
    public void Another_abi_is_left_to_the_stock_radio()
    {
        var native = new FakeNativeRadio();
        native.Caps[0] = 2;
        Assert.Null(InteropRadio.Probe(native));
    }

    [Fact]
    public void The_link_record_is_read_field_by_field()
    {
        var native = new FakeNativeRadio();
        byte[] link = [1, 0xC4, 11, 0, 1, 2, 3, 4, 5, 6, 0, 20, 0x80, 8, 0x34, 0x12, 0, 0, 0, 0, 7, 0, 93, 4];
        link.CopyTo(native.Link, 0);
        var reading = new LinkReading();
        Assert.True(InteropRadio.Probe(native).ReadLink(reading));
        Assert.True(reading.Connected);
        Assert.Equal(-60, reading.Rssi);
        Assert.Equal(11, reading.Channel);
        Assert.Equal(8, reading.LastReason);
        Assert.Equal(0x1234, reading.Disconnects);
        Assert.Equal(93, reading.Utilization);
    }

    [Fact]
    public void A_bss_load_of_unknown_age_is_no_utilization()
    {
        var reading = new LinkReading();
        Assert.True(InteropRadio.Probe(new FakeNativeRadio()).ReadLink(reading));
        Assert.Equal(LinkReading.UtilizationUnknown, reading.Utilization);
    }

    [Fact]
    public void Discards_are_the_difference_of_running_totals_even_across_their_overflow()
    {
        var native = new FakeNativeRadio();
        InteropRadio radio = InteropRadio.Probe(native);
        BinaryPrimitives.WriteUInt32LittleEndian(native.Totals.AsSpan(4), uint.MaxValue);
        radio.TakeDiscards(new RadioDiscards());
        BinaryPrimitives.WriteUInt32LittleEndian(native.Totals.AsSpan(4), 4);
        BinaryPrimitives.WriteUInt32LittleEndian(native.Totals.AsSpan(8), 2);
        BinaryPrimitives.WriteUInt32LittleEndian(native.Totals.AsSpan(12), 3);
        BinaryPrimitives.WriteUInt32LittleEndian(native.Totals.AsSpan(16), 11);
        BinaryPrimitives.WriteUInt32LittleEndian(native.Totals.AsSpan(20), 7);
        BinaryPrimitives.WriteUInt32LittleEndian(native.Totals.AsSpan(28), 13);
        var discards = new RadioDiscards();
        radio.TakeDiscards(discards);
        Assert.Equal(5u, discards.FcsErrors);
        Assert.Equal(16u, discards.Malformed);
        Assert.Equal(13u, discards.ApTableFull);
        Assert.Equal(7u, discards.RssiInvalid);
    }
}
