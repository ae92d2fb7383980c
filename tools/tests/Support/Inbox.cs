using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace GatewayAgent.Tests.Support;

/// <summary>Collects what events bring. Taking waits for as long as a slow machine may need, and then fails.</summary>
public sealed class Inbox<T>
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);
    private readonly BlockingCollection<T> _items = [];

    public int Count => _items.Count;

    public void Add(T item) => _items.Add(item);

    public T Take() =>
        _items.TryTake(out T? item, _patience) ? item : throw new TimeoutException($"no {typeof(T).Name} came within {_patience.TotalMinutes} min");

    /// <summary>Looks for a moment whether there is one.</summary>
    public bool TryTake(TimeSpan moment, [MaybeNullWhen(false)] out T item) => _items.TryTake(out item, moment);

    public T[] Take(int count) => Enumerable.Range(0, count).Select(_ => Take()).ToArray();
}
