using System.Buffers.Binary;
using GatewayAgent.Device.Radio;
using GatewayAgent.Ports;
using GatewayAgent.Sampling;

namespace GatewayAgent.Tests.Firmware;

public class InteropRadioTests
{
    [Fact]
    public void The_native_assembly_says_what_it_is()
    {
        Assert.NotNull(InteropRadio.Probe(new FakeNativeRadio(), out string words));
        Assert.Equal("native assembly V1, capabilities 0x0F, 2.4 GHz", words);
    }

    public static TheoryData<Exception, string> Faults => new()
    {
        { new NotSupportedException(), "no native assembly" },
        { new InvalidOperationException("secret"), "the native assembly threw InvalidOperationException" },
        { new NullReferenceException(), "the native assembly threw NullReferenceException" },
        { new Exception(), "the native assembly threw Exception" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Whatever_the_first_call_throws_leaves_the_image_to_the_stock_radio(Exception fault, string reason)
    {
        Assert.Null(InteropRadio.Probe(new FakeNativeRadio { Missing = fault }, out string words));
        Assert.Equal("stock image, no channels: " + reason, words);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(-4)]
    [InlineData(-1257)]
    [InlineData(15)]
    [InlineData(17)]
    [InlineData(int.MaxValue)]
    public void An_answer_of_another_size_is_left_to_the_stock_radio(int answer)
    {
        Assert.Null(InteropRadio.Probe(new FakeNativeRadio { CapsAnswer = answer }, out string words));
        Assert.Equal($"stock image, no channels: the native assembly answered {answer}", words);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 2)]
    [InlineData(0xFF, 255)]
    public void Another_abi_is_left_to_the_stock_radio(byte low, int abi)
    {
        var native = new FakeNativeRadio();
        native.Caps[0] = low;
        Assert.Null(InteropRadio.Probe(native, out string words));
        Assert.Equal($"stock image, no channels: the native assembly has ABI {abi}", words);
    }

    [Theory]
    [InlineData(8, 0x01, "a channel 0")]
    [InlineData(9, 0x80, "a channel 15")]
    [InlineData(12, 0x01, "a 0th channel of 5 GHz")]
    [InlineData(15, 0x20, "a 29th channel of 5 GHz")]
    public void Channels_that_there_are_not_cannot_be_trusted(int offset, byte bits, string what)
    {
        var native = new FakeNativeRadio();
        native.Caps[offset] |= bits;
        Assert.True(InteropRadio.Probe(native, out string words) == null, what);
        Assert.Equal("stock image, no channels: the native assembly states what cannot be", words);
    }

    [Fact]
    public void Visits_without_a_channel_to_visit_cannot_be_trusted()
    {
        var native = new FakeNativeRadio();
        native.Caps.AsSpan(8, 8).Clear();
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
    public void Each_new_link_brings_the_channels_of_its_country()
    {
        var native = new FakeNativeRadio();
        BinaryPrimitives.WriteUInt32LittleEndian(native.Caps.AsSpan(8), 0x0FFE);
        InteropRadio radio = InteropRadio.Probe(native);
        var reading = new LinkReading();
        native.Link[0] = 0;
        BinaryPrimitives.WriteUInt32LittleEndian(native.Caps.AsSpan(8), 0x3FFE);
        radio.ReadLink(reading);
        Assert.Equal(0x0FFEu, radio.Channels2g);
        native.Link[0] = 1;
        radio.ReadLink(reading);
        Assert.Equal(0x3FFEu, radio.Channels2g);
        BinaryPrimitives.WriteUInt32LittleEndian(native.Caps.AsSpan(8), 0x0FFE);
        radio.ReadLink(reading);
        Assert.Equal(0x3FFEu, radio.Channels2g);
        native.Link[14]++; // a disconnect that nobody saw
        radio.ReadLink(reading);
        Assert.Equal(0x0FFEu, radio.Channels2g);
    }

    [Fact]
    public void Channels_that_a_later_answer_does_not_state_well_stay_as_they_were()
    {
        var native = new FakeNativeRadio();
        InteropRadio radio = InteropRadio.Probe(native);
        uint before = radio.Channels2g;
        native.Caps[8] |= 1;
        native.Link[0] = 1;
        radio.ReadLink(new LinkReading());
        Assert.Equal(before, radio.Channels2g);
    }

    [Fact]
    public void A_bss_load_of_unknown_age_is_no_utilization()
    {
        var reading = new LinkReading();
        Assert.True(InteropRadio.Probe(new FakeNativeRadio()).ReadLink(reading));
        Assert.Equal(LinkReading.UtilizationUnknown, reading.Utilization);
    }

    [Theory]
    [InlineData(0, 93, 7)]
    [InlineData(10, 93, 7)]
    [InlineData(11, LinkReading.UtilizationUnknown, LinkReading.StationsUnknown)]
    [InlineData(254, LinkReading.UtilizationUnknown, LinkReading.StationsUnknown)]
    public void A_bss_load_that_was_not_repeated_for_long_is_no_reading_of_now(byte age, int utilization, int stations)
    {
        var native = new FakeNativeRadio();
        (native.Link[20], native.Link[22], native.Link[23]) = (7, 93, age);
        var reading = new LinkReading();
        Assert.True(InteropRadio.Probe(native).ReadLink(reading));
        Assert.Equal((utilization, stations), (reading.Utilization, reading.Stations));
    }

    [Fact]
    public void More_records_than_there_is_room_for_are_not_read()
    {
        InteropRadio radio = InteropRadio.Probe(new FakeNativeRadio());
        Assert.Equal(8, radio.ReadStations(new byte[64]));
        Assert.Equal(13, radio.TakeChannels(new byte[13 * 48]));

        radio = InteropRadio.Probe(new FakeNativeRadio { MoreRecords = 100 });
        Assert.Equal(RadioStatus.BufferTooSmall, radio.ReadStations(new byte[120]));
        Assert.Equal(RadioStatus.BufferTooSmall, radio.TakeChannels(new byte[42 * 48]));
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
