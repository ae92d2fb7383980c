using System.Data.Common;
using GatewayAgent.Insight.Facts;
using GatewayAgent.Protocol;
using Google.Protobuf;

namespace GatewayAgent.Collector.Store;

/// <summary>Rows of <c>hour_windows</c>: for each window its start (Unix milliseconds), whether that is estimated, and its report, parts joined.</summary>
internal static class HourWindows
{
    public static byte[] Write(IReadOnlyList<NodeWindow> windows)
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
        {
            foreach (NodeWindow window in windows)
            {
                output.WriteInt64(window.Start.ToUnixTimeMilliseconds());
                output.WriteBool(window.IsStartEstimated);
                output.WriteMessage(window.Report);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>The windows of a node in hours from one on, by hour.</summary>
    public static List<(long Hour, List<NodeWindow> Windows)> Read(DbConnection connection, long nodeKey, long first)
    {
        using var rows = new Query(connection, "SELECT hour, payload FROM hour_windows WHERE node_key = @node AND hour >= @first ORDER BY hour");
        return rows.With("@node", nodeKey).With("@first", first).Rows(row => (row.GetInt64(0), Read(row.Bytes(1))));
    }

    private static List<NodeWindow> Read(byte[] payload)
    {
        var windows = new List<NodeWindow>();
        var input = new CodedInputStream(payload);
        while (!input.IsAtEnd)
        {
            DateTimeOffset start = WindowTime.Moment(input.ReadInt64());
            bool isEstimated = input.ReadBool();
            var report = new Report();
            input.ReadMessage(report);
            windows.Add(WindowReader.Of(start, report, isEstimated));
        }

        return windows;
    }
}
