using System.Globalization;

namespace GatewayAgent.Tests.Gw;

/// <summary>A row of <c>gw export --csv</c>; null = an empty cell.</summary>
internal sealed record ExportRow(
    int Start, int Span, int Channel, int Beacons, int ApCount, int? RssiMax, int? UtilizationMin, double? UtilizationMean, int? UtilizationMax, int? StationsMax)
{
    public const string Header =
        "start_s,span_s,channel,beacons,ap_count,rssi_max_dbm,utilization_min,utilization_mean,utilization_max,stations_max";

    /// <summary>The rows below the header, which must be the one above.</summary>
    public static IReadOnlyList<ExportRow> Parse(string csv)
    {
        string[] lines = csv.TrimEnd('\n').Split('\n');
        Assert.Equal(Header, lines[0]);
        return [.. lines.Skip(1).Select(line => Of(line.Split(',')))];
    }

    private static ExportRow Of(string[] cells) => new(
        Number(cells[0])!.Value, Number(cells[1])!.Value, Number(cells[2])!.Value, Number(cells[3])!.Value, Number(cells[4])!.Value,
        Number(cells[5]), Number(cells[6]), cells[7].Length == 0 ? null : double.Parse(cells[7], CultureInfo.InvariantCulture), Number(cells[8]), Number(cells[9]));

    private static int? Number(string cell) => cell.Length == 0 ? null : int.Parse(cell, CultureInfo.InvariantCulture);
}
