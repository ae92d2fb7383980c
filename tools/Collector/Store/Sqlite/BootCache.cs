using System.Diagnostics.CodeAnalysis;

namespace GatewayAgent.Collector.Store.Sqlite;

/// <summary>
/// Remembers the boots used last, between <paramref name="capacity"/> and twice that many. Two generations instead of a linked list: when
/// the young one is full it becomes the old one, and what the old one held unused since then is forgotten. That happens between batches
/// only: a boot of the batch being written must not be read from the store, which does not hold its changes yet.
/// </summary>
internal sealed class BootCache(int capacity)
{
    private Dictionary<(string Home, string Node, uint BootId), Boot> _young = [];
    private Dictionary<(string Home, string Node, uint BootId), Boot> _old = [];

    public bool TryGet(string home, string node, uint bootId, [NotNullWhen(true)] out Boot? boot)
    {
        if (_young.TryGetValue((home, node, bootId), out boot))
        {
            return true;
        }

        if (!_old.TryGetValue((home, node, bootId), out boot))
        {
            return false;
        }

        Add(boot);
        return true;
    }

    public void Add(Boot boot) => _young[(boot.Home, boot.Node, boot.BootId)] = boot;

    /// <summary>Forgets what has not been used for long. Between batches.</summary>
    public void Trim()
    {
        if (_young.Count >= capacity)
        {
            _old = _young;
            _young = [];
        }
    }

    public void Clear()
    {
        _young.Clear();
        _old.Clear();
    }
}
