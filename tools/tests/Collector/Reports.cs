using GatewayAgent.Protocol;

namespace GatewayAgent.Tests.Collector;

/// <summary>Reports of a node whose n-th window holds n beacons on channel 6, so that the sum tells what was counted.</summary>
internal static class Reports
{
    public const uint Boot = 7;

    /// <summary>The report of one window, or of several merged: <paramref name="first"/> … <paramref name="last"/>.</summary>
    /// <param name="backlog">Sequences before <paramref name="first"/> that the node still has.</param>
    public static Report Of(uint first, uint last, uint backlog = 0, uint boot = Boot)
    {
        uint beacons = (uint)(((ulong)first + last) * (last - first + 1) / 2);
        return new Report
        {
            BootId = boot,
            Sequence = last,
            Merged = last - first,
            Backlog = backlog,
            StartS = (first - 1) % 1_000_000 * 60,
            SpanS = (last - first + 1) * 60,
            Survey = new Survey { Heard = { 6, 6_000, 1, 50, beacons, 0, 0, 0 } },
        };
    }

    /// <summary>The report of one window; everything before it is still on the node.</summary>
    public static Report Single(uint sequence) => Of(sequence, sequence, sequence - 1);

    /// <summary>A merged report; everything before it is still on the node.</summary>
    public static Report Merged(uint first, uint last) => Of(first, last, first - 1);

    /// <summary>A report whose key holds and whose survey does not.</summary>
    public static Report Unsound(uint sequence)
    {
        Report report = Single(sequence);
        report.Survey.Heard[3] = 200;
        return report;
    }
}
