using GatewayAgent.Insight.Facts;
using GatewayAgent.Insight.Scoring;
using GatewayAgent.Protocol;

namespace GatewayAgent.Insight.Diagnosis;

/// <summary>The starts of a node that are known, oldest first.</summary>
internal sealed class BootList
{
    private readonly List<Boot> _boots = [];
    private uint? _restarts;

    public IReadOnlyList<Boot> All => _boots;

    /// <summary>Boots that ended without warning, as the node counts them over its life: by how many the count grew in the time looked at.</summary>
    public uint RestartsCounted { get; private set; }

    public static BootList Of(NodeView node)
    {
        var list = new BootList();
        DateTimeOffset windowsFrom = node.Facts.Windows.Count > 0 ? node.Facts.Windows[0].Start : DateTimeOffset.MaxValue;
        list.AddAll(node.Sums.Where(sum => sum != null && sum.Start < windowsFrom).Select(sum => sum!));
        list.AddAll(node.Facts.Windows);
        return list;
    }

    public IEnumerable<Boot> Since(DateTimeOffset from) => _boots.Where(boot => boot.At >= from);

    // Hours hold the newest boot only: what started twice in an hour counts once.
    private void AddAll(IEnumerable<NodeWindow> windows)
    {
        foreach (NodeWindow window in windows)
        {
            uint now = window.Report.Losses?.Restarts ?? 0;
            RestartsCounted += _restarts is { } before && now > before ? now - before : 0;
            _restarts = Math.Max(now, _restarts ?? now);
            Add(window);
        }
    }

    private void Add(NodeWindow window)
    {
        bool isFirst = _boots.Count == 0;
        if (!isFirst && _boots[^1].BootId == window.Report.BootId)
        {
            return;
        }

        // The first boot in sight began before it, unless it says how it began.
        ResetCause cause = window.Report.Health?.ResetCause ?? ResetCause.Unknown;
        _boots.Add(new Boot(window.Start, window.Report.BootId, cause, new WindowView(window).HasCrashed, isFirst && cause == ResetCause.Unknown));
    }
}

/// <param name="At">Start of the first window known of it.</param>
/// <param name="IsOlder">It was running when the time looked at began.</param>
internal sealed record Boot(DateTimeOffset At, uint BootId, ResetCause Cause, bool IsCrash, bool IsOlder);
