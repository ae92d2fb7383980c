using GatewayAgent.Merging;
using GatewayAgent.Reporting;
using GatewayAgent.Sampling;

namespace GatewayAgent.VirtualDevice.Fleet;

/// <summary>
/// What the firmware needs to make a report: on a board each node has its own, here nodes that live one after another share one, so that a
/// fleet has room. Not thread-safe.
/// </summary>
internal sealed class WindowDesk
{
    public Window Window { get; } = new();

    public ReportWriter Writer { get; } = new();

    public LinkReading Reading { get; } = new();

    public byte[] Stations { get; } = new byte[Limits.Stations * Limits.StationRecordBytes];

    public SurveyRadio Survey { get; } = new();

    /// <summary>Disconnections of all nodes: the window only looks at how many more there are.</summary>
    public int Disconnects { get; set; }

    public ReportMerger Merger { get; } = new();

    public byte[] Packet { get; } = new byte[Limits.PacketBytes];
}
