using GatewayAgent.Collector.Store;

namespace GatewayAgent.Portal.Live;

/// <summary>
/// Follows the assessments of a store and tells which say something else than before. Looks back a little each time: assessments of
/// several collectors are not stored in the order of their moments.
/// </summary>
internal sealed class HomeChanges(IStoreReader store, DateTimeOffset from)
{
    private const int Page = 500;

    private static readonly TimeSpan _lookBack = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, int> _said = new(StringComparer.Ordinal);
    private DateTimeOffset _after = from;

    /// <summary>Homes whose assessment has changed since the last call, in the order of their assessment.</summary>
    public IReadOnlyList<HomeSummary> Next()
    {
        var changed = new List<HomeSummary>();
        DateTimeOffset after = _after - _lookBack;
        for (int limit = Page; ;)
        {
            IReadOnlyList<HomeSummary> homes = store.Homes(new HomeQuery { AssessedAfter = after, Order = HomeOrder.Assessed, Limit = limit });
            changed.AddRange(homes.Where(IsNews));
            DateTimeOffset? last = homes.Count == 0 ? null : homes[^1].AssessedAt;
            _after = last > _after ? last.Value : _after;
            if (homes.Count < limit)
            {
                return changed;
            }

            // The rest of the last moment is on the next page; when all of a page is of one moment, a longer one gets past it.
            DateTimeOffset next = last!.Value.AddMilliseconds(-1);
            limit = next > after ? limit : limit * 2;
            after = next > after ? next : after;
        }
    }

    private bool IsNews(HomeSummary home)
    {
        int said = HashCode.Combine(home.Index is { } index ? Math.Round(index) : -1, home.IsGettingWorse, home.Cause, home.Node);
        bool isNews = !_said.TryGetValue(home.Home, out int before) || before != said;
        _said[home.Home] = said;
        return isNews;
    }
}
