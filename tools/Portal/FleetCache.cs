using System.Collections.Concurrent;
using GatewayAgent.Collector.Store;
using GatewayAgent.Portal.Documents;

namespace GatewayAgent.Portal;

/// <summary>Figures of fleets, each counted again only when it is asked for and a little old. As many as there are tenants.</summary>
internal sealed class FleetCache(IStoreReader store, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Entry> _entries = [];

    public FleetDocument Of(IReadOnlyList<string>? scope)
    {
        Entry entry = _entries.GetOrAdd(scope == null ? "" : string.Join(' ', scope), _ => new Entry());
        lock (entry)
        {
            DateTimeOffset now = clock.GetUtcNow();
            if (entry.Fleet is not { } known || now - known.At >= PortalLimits.FleetAge || now < known.At)
            {
                entry.Fleet = FleetDocument.Of(store.Fleet(scope), now);
            }

            return entry.Fleet!;
        }
    }

    private sealed class Entry
    {
        public FleetDocument? Fleet { get; set; }
    }
}
