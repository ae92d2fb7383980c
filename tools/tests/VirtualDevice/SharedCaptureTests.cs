using System.Globalization;
using GatewayAgent.Protocol;
using GatewayAgent.VirtualDevice.Captures;

namespace GatewayAgent.Tests.VirtualDevice;

/// <summary>The real capture through the unchanged firmware, against what an independent decoder made of it.</summary>
public class SharedCaptureTests
{
    [SharedDataFact]
    public void Every_minute_and_channel_agrees_with_the_independent_decoder()
    {
        var runs = new CaptureRuns();

        CaptureRunResult result = runs.Run(CaptureReader.Open(SharedData.Path("data/beacons/channel6-five-aps.pcap")));

        Assert.Equal((39_235L, 39_235L, 39_235L), (result.Counts.Packets, result.Counts.Frames, result.Beacons));
        Assert.Equal((20u, 0, 1171L), (result.Reports, result.Unacknowledged, result.Seconds));
        Assert.Null(result.Warning);
        Assert.Equal(Expected(), runs.Transport.Reports.SelectMany(Figures));
    }

    [SharedDataTheory]
    [InlineData("ieee802.11_exthdr.pcap")]
    [InlineData("ieee802.11_htc.pcap")]
    [InlineData("ieee802.11_meshhdr-oobr.pcap")]
    [InlineData("ieee802.11_meshid.pcap")]
    [InlineData("ieee802.11_parse_elements_oobr.pcap")]
    [InlineData("ieee802.11_rates_oobr.pcap")]
    [InlineData("ieee802.11_rx-stbc.pcap")]
    [InlineData("ieee802.11_tim_ie_oobr.pcap")]
    [InlineData("radiotap-heapoverflow.pcap")]
    public void A_malformed_capture_is_heard_to_its_end(string name)
    {
        var runs = new CaptureRuns();

        CaptureRunResult result = runs.Run(CaptureReader.Open(SharedData.Path("data/malformed/" + name)));

        Assert.Equal(result.Counts.Packets, result.Counts.Frames + result.Counts.Undecodable);
        Assert.All(runs.Transport.Reports, report => Assert.True(report.IsSound, report.Reason));
        Assert.Equal(0, result.Unacknowledged);
    }

    private static IEnumerable<ChannelMinute> Figures(ReportReading report) => report.Rows.Select(row => new ChannelMinute(
        (int)(report.Message!.StartS / 60), row.Channel, row.Beacons, row.ApCount, row.RssiMaxDbm, row.Load?.Min, row.Load?.Max, row.Load?.StationsMax,
        row.Load is { } load ? Math.Round(load.Mean, 1) : null));

    // The file has a line per minute and access point.
    private static IEnumerable<ChannelMinute> Expected() =>
        from line in File.ReadLines(SharedData.Path("data/beacons/expected-per-minute.csv")).Skip(1)
        let cells = line.Split(',')
        group cells by (Minute: int.Parse(cells[0], CultureInfo.InvariantCulture), Channel: uint.Parse(cells[2], CultureInfo.InvariantCulture)) into channel
        orderby channel.Key.Minute, channel.Key.Channel
        let loads = channel.Where(cells => cells[8] != "0").ToList()
        select new ChannelMinute(
            channel.Key.Minute,
            channel.Key.Channel,
            (uint)channel.Sum(cells => Number(cells[3])),
            (uint)channel.Count(),
            channel.Max(cells => (int)Number(cells[5])),
            loads.Count == 0 ? null : (uint)loads.Min(cells => Number(cells[10])),
            loads.Count == 0 ? null : (uint)loads.Max(cells => Number(cells[12])),
            loads.Count == 0 ? null : (uint)loads.Max(cells => Number(cells[9])),
            loads.Count == 0 ? null : Math.Round(loads.Sum(cells => Number(cells[11]) * Number(cells[8])) / loads.Sum(cells => Number(cells[8])), 1));

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    private sealed record ChannelMinute(
        int Minute, uint Channel, uint Beacons, uint ApCount, int? RssiMaxDbm, uint? LoadMin, uint? LoadMax, uint? StationsMax, double? LoadMean);
}
