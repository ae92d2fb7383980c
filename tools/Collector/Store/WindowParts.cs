using GatewayAgent.Protocol;

namespace GatewayAgent.Collector.Store;

/// <summary>Joins the reports of a window that did not fit into one: each holds other channels.</summary>
internal static class WindowParts
{
    /// <summary>The first report with what the further ones have heard.</summary>
    public static Report Join(Report first, IEnumerable<Report> further)
    {
        Report joined = first.Clone();
        foreach (Report part in further.Where(part => part.Survey != null))
        {
            joined.Survey = joined.Survey == null ? part.Survey.Clone() : Join(joined.Survey, part.Survey);
        }

        return joined;
    }

    private static Survey Join(Survey a, Survey b)
    {
        var joined = new Survey
        {
            Source = a.Source,
            Quiet2G = a.Quiet2G | b.Quiet2G,
            Quiet5G = a.Quiet5G | b.Quiet5G,
            ApTableFull = a.ApTableFull + b.ApTableFull,
            FcsErrors = a.FcsErrors + b.FcsErrors,
            FramesMalformed = a.FramesMalformed + b.FramesMalformed,
            RssiInvalid = a.RssiInvalid + b.RssiInvalid,
        };
        foreach (HeardRow row in HeardRows.Read(a.Heard).Concat(HeardRows.Read(b.Heard)).OrderBy(row => row.Channel))
        {
            Add(joined, row);
        }

        // A value for each: which of them the last one would hold for has changed.
        List<QuietChannel> quiet = [.. QuietDwell.Expand(a).Concat(QuietDwell.Expand(b)).OrderBy(channel => channel.Channel)];
        if (quiet.Exists(channel => channel.DwellCs != null))
        {
            joined.QuietDwellCs.AddRange(quiet.DistinctBy(channel => channel.Channel).Select(channel => channel.DwellCs ?? 0));
        }

        return joined;
    }

    private static void Add(Survey survey, HeardRow row)
    {
        survey.Heard.Add([row.Channel, row.DwellCs, row.ApCount, row.RssiMax, row.Beacons, row.OtherFrames, row.AirtimeMs, row.Load?.Count ?? 0]);
        if (row.Load is { } load)
        {
            survey.Heard.Add([load.Sum, load.Min, load.Max, load.StationsMax]);
        }
    }
}
