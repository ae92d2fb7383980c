using GatewayAgent.Protocol;
using Google.Protobuf;

namespace GatewayAgent.Tests.Protocol;

public class PayloadReaderTests
{
    [Fact]
    public void A_payload_of_more_than_512_bytes_is_not_even_parsed()
    {
        ReportReading reading = PayloadReader.ReadReport(new byte[513]);

        Assert.Null(reading.Message);
        Assert.Equal("payload of 513 bytes: more than 512 bytes", reading.Reason);
    }

    [Fact]
    public void No_bytes_are_a_report_that_says_nothing() =>
        Assert.Equal(["boot_id", "sequence", "span_s"], PayloadReader.ReadReport([]).Problems.Select(p => p.Field));

    [Fact]
    public void Fields_that_a_newer_contract_adds_are_skipped()
    {
        byte[] newer = [.. SampleReports.Bare().ToByteArray(), 0xFA, 0x7F, 2, 1, 2];

        Assert.True(PayloadReader.ReadReport(newer).IsSound);
    }

    [Fact]
    public void An_event_needs_its_key_and_a_past()
    {
        Reading<Event> reading = PayloadReader.ReadEvent(new Event { AtS = 1, SinceS = 2 }.ToByteArray());

        Assert.Equal("boot_id 0: is never 0; sequence 0: counts from 1; since_s 2: later than at_s 1", reading.Reason);
    }

    [Fact]
    public void A_payload_cut_anywhere_is_read_without_throwing()
    {
        byte[] whole = SampleReports.Full().ToByteArray();
        for (int length = 0; length < whole.Length; length++)
        {
            ReadEveryWay(whole[..length]);
        }
    }

    [Fact]
    public void A_payload_with_any_bit_flipped_is_read_without_throwing()
    {
        byte[] payload = SampleReports.Full().ToByteArray();
        for (int bit = 0; bit < payload.Length * 8; bit++)
        {
            payload[bit / 8] ^= (byte)(1 << bit % 8);
            ReadEveryWay(payload);
            payload[bit / 8] ^= (byte)(1 << bit % 8);
        }
    }

    [Fact]
    public void Random_payloads_are_read_without_throwing()
    {
        var random = new Random(6);
        for (int i = 0; i < 20_000; i++)
        {
            var payload = new byte[random.Next(0, 600)];
            random.NextBytes(payload);
            ReadEveryWay(payload);
        }
    }

    /// <summary>All that is done with a payload of unknown origin: read, check, show.</summary>
    private static void ReadEveryWay(byte[] payload)
    {
        ReportReading reading = PayloadReader.ReadReport(payload);
        Assert.Equal(reading.IsSound, reading.Message != null && reading.Reason.Length == 0);
        ReportText.Write(reading);
        ReportJson.Write(reading);
        PayloadReader.ReadEvent(payload);
        PayloadReader.ReadState(payload);
    }
}
