using GatewayAgent.Collector.Store;
using Microsoft.Extensions.Logging;

namespace GatewayAgent.Portal.Webhooks;

/// <summary>
/// One who is told. What there is to tell is read from the store when its turn comes, so that nothing piles up here however long the
/// endpoint is away: events by their key, homes by what differs from what it was told of them. One message at a time, in order, each
/// until it is taken: at least once.
/// </summary>
internal sealed class WebhookEndpoint
{
    /// <summary>Attempts for one message, over some 9 hours; then the endpoint is given up until the next start.</summary>
    public const int MaxAttempts = 16;

    private const int Page = 200;
    private const double Jitter = 0.2;

    private static readonly TimeSpan _firstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _longestPause = TimeSpan.FromHours(1);
    private static readonly TimeSpan _idle = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _lookAtHomesEvery = TimeSpan.FromSeconds(30);

    private readonly WebhookEntry _entry;
    private readonly IReadOnlyList<string>? _scope;
    private readonly Uri _url;
    private readonly byte[] _key;
    private readonly string _file;
    private readonly IStoreReader _store;
    private readonly WebhookClient _client;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Random _random;
    private readonly Queue<WebhookMessage> _homes = new();
    private WebhookPosition? _position;
    private DateTimeOffset _lookedAtHomes = DateTimeOffset.MinValue;
    private int _attempts;

    /// <exception cref="PortalException">The entry cannot be used.</exception>
    public WebhookEndpoint(WebhookEntry entry, bool allowLocal, string folder, IStoreReader store, WebhookClient client, TimeProvider clock, ILogger log, Random? random = null)
    {
        (_entry, _store, _client, _clock, _log, _random) = (entry, store, client, clock, log, random ?? Random.Shared);
        _scope = entry.Homes.Contains("*") ? null : entry.Homes;
        _url = WebhookCheck.UrlOf(entry, allowLocal);
        _key = WebhookCheck.KeyOf(entry);
        _file = Path.Combine(folder, entry.Id + ".json");
        _position = WebhookPosition.Load(_file);
    }

    public string Id => _entry.Id;

    public long Delivered { get; private set; }

    public long Failures { get; private set; }

    public bool IsDisabled { get; private set; }

    /// <summary>Tells one message, if there is one.</summary>
    /// <returns>How long to wait before the next step.</returns>
    public async Task<TimeSpan> Step(CancellationToken cancel)
    {
        if (IsDisabled)
        {
            return Timeout.InfiniteTimeSpan;
        }

        _position ??= Begin();
        if (_position.Pending == null && !FindPending())
        {
            return _idle;
        }

        (Delivery result, string? reason) = await _client.Send(_url, _key, _position.Pending!, cancel);
        return result == Delivery.Done ? Succeed() : Fail(result, reason!);
    }

    // Whoever is told for the first time is told of what happens from now on.
    private WebhookPosition Begin()
    {
        var position = new WebhookPosition(_store.LatestEvents(1).FirstOrDefault()?.Key ?? 0, [.. WorseNow().Keys], null);
        position.Save(_file);
        return position;
    }

    // Position and message are kept together: a disk that is full now has neither, and both are found again.
    private bool FindPending()
    {
        WebhookPosition? next = NextEvent() ?? (NextHome() is { } home ? _position! with { Pending = home } : null);
        if (next != null)
        {
            Move(next);
        }

        return next != null;
    }

    private WebhookPosition? NextEvent()
    {
        while (_entry.Kinds.Contains(WebhookKind.Event))
        {
            IReadOnlyList<NodeEvent> events = _store.Events(_position!.LastEvent, Page);
            if (events.FirstOrDefault(e => Sees(e.Home)) is { } next)
            {
                return _position with { LastEvent = next.Key, Pending = WebhookMessage.Of(next) };
            }

            if (events.Count == 0)
            {
                return null;
            }

            _position = _position with { LastEvent = events[^1].Key };
        }

        return null;
    }

    private WebhookMessage? NextHome()
    {
        DateTimeOffset now = _clock.GetUtcNow();
        bool tellsHomes = _entry.Kinds.Contains(WebhookKind.HomeWorse) || _entry.Kinds.Contains(WebhookKind.HomeBetter);
        if (tellsHomes && _homes.Count == 0 && now - _lookedAtHomes >= _lookAtHomesEvery)
        {
            _lookedAtHomes = now;
            CompareHomes(now);
        }

        return _homes.TryDequeue(out WebhookMessage? next) ? next : null;
    }

    private void CompareHomes(DateTimeOffset now)
    {
        Dictionary<string, HomeSummary> worse = WorseNow();
        HashSet<string> told = [.. _position!.Worse];
        IEnumerable<WebhookMessage> begun = worse.Values.Where(home => !told.Contains(home.Home)).Select(home => WebhookMessage.Worse(home, now));
        IEnumerable<WebhookMessage> over = _position.Worse.Where(home => !worse.ContainsKey(home)).Select(home => WebhookMessage.Better(home, now));
        foreach (WebhookMessage message in begun.Concat(over).ToList())
        {
            if (_entry.Kinds.Contains(message.Kind))
            {
                _homes.Enqueue(message);
            }
            else
            {
                Move(Knowing(message, _position!));
            }
        }
    }

    private Dictionary<string, HomeSummary> WorseNow()
    {
        var homes = new Dictionary<string, HomeSummary>(StringComparer.Ordinal);
        IReadOnlyList<HomeSummary> page;
        int skip = 0;
        do
        {
            page = _store.Homes(new HomeQuery { Scope = _scope, OnlyGettingWorse = true, Order = HomeOrder.Name, Skip = skip, Limit = Page });
            foreach (HomeSummary home in page)
            {
                homes[home.Home] = home;
            }

            skip += page.Count;
        }
        while (page.Count == Page);

        return homes;
    }

    private TimeSpan Succeed()
    {
        Delivered++;
        _attempts = 0;
        Move(Knowing(_position!.Pending!, _position) with { Pending = null });
        return TimeSpan.Zero;
    }

    private TimeSpan Fail(Delivery result, string reason)
    {
        Failures++;
        _attempts++;
        if (result != Delivery.Gone && _attempts < MaxAttempts)
        {
            TimeSpan pause = Pause(_attempts);
            _log.LogWarning("webhook {Endpoint}: {Message} failed: {Reason}; next attempt in {Pause}", Id, _position!.Pending!.Id, reason, pause);
            return pause;
        }

        IsDisabled = true;
        _log.LogError("webhook {Endpoint} is given up after {Attempts} attempts: {Reason}. It goes on where it was after a restart", Id, _attempts, reason);
        return Timeout.InfiniteTimeSpan;
    }

    private TimeSpan Pause(int attempts)
    {
        double seconds = Math.Min(_firstPause.TotalSeconds * Math.Pow(2, attempts - 1), _longestPause.TotalSeconds);
        return TimeSpan.FromSeconds(seconds * (1 + (Jitter * ((2 * _random.NextDouble()) - 1))));
    }

    private void Move(WebhookPosition position)
    {
        position.Save(_file);
        _position = position;
    }

    private bool Sees(string home) => _scope == null || _scope.Any(prefix => home.StartsWith(prefix, StringComparison.Ordinal));

    private static WebhookPosition Knowing(WebhookMessage message, WebhookPosition position) => message.Kind switch
    {
        WebhookKind.HomeWorse => position with { Worse = [.. position.Worse, message.Home] },
        WebhookKind.HomeBetter => position with { Worse = [.. position.Worse.Where(home => home != message.Home)] },
        _ => position,
    };
}
