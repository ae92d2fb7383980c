using System.Globalization;

namespace GatewayAgent.Tests.Gw;

/// <summary>What tshark, an independent decoder, made of the real capture: a line a minute and access point.</summary>
internal sealed record ExpectedMinute(
    int Minute, string Bssid, int Channel, int Beacons, int RssiMax, int Loads, int StationsMax, int LoadMin, double LoadMean, int LoadMax)
{
    public static IReadOnlyList<ExpectedMinute> Read() =>
        [.. File.ReadLines(SharedData.Path("data/beacons/expected-per-minute.csv")).Skip(1).Select(line => Of(line.Split(',')))];

    /// <summary>The figures of one channel over some minutes.</summary>
    public static ExportRow Merge(IEnumerable<ExpectedMinute> lines, int channel, int start, int span)
    {
        ExpectedMinute[] all = [.. lines];
        ExpectedMinute[] loaded = [.. all.Where(line => line.Loads > 0)];
        bool hasLoad = loaded.Length > 0;
        return new ExportRow(
            start, span, channel,
            all.Sum(line => line.Beacons),
            all.Select(line => line.Bssid).Distinct().Count(),
            all.Max(line => line.RssiMax),
            hasLoad ? loaded.Min(line => line.LoadMin) : null,
            hasLoad ? loaded.Sum(line => line.LoadMean * line.Loads) / loaded.Sum(line => line.Loads) : null,
            hasLoad ? loaded.Max(line => line.LoadMax) : null,
            hasLoad ? loaded.Max(line => line.StationsMax) : null);
    }

    // minute,bssid,channel,beacons,rssi_min,rssi_max,rssi_mean,rssi_median,bss_load_beacons,station_count_max,utilization_min,_mean,_max
    private static ExpectedMinute Of(string[] cells) => new(
        Number(cells[0]), cells[1], Number(cells[2]), Number(cells[3]), Number(cells[5]), Number(cells[8]), Number(cells[9]), Number(cells[10]),
        cells[11].Length == 0 ? 0 : double.Parse(cells[11], CultureInfo.InvariantCulture), Number(cells[12]));

    private static int Number(string cell) => cell.Length == 0 ? 0 : int.Parse(cell, CultureInfo.InvariantCulture);
}
