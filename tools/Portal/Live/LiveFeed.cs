using System.Globalization;
using System.Security.Cryptography;
using GatewayAgent.Portal.Access;

namespace GatewayAgent.Portal.Live;

/// <summary>Hands what happens to those who look on, and keeps the last of it for those who come back.</summary>
internal sealed class LiveFeed
{
    private readonly Lock _lock = new();
    private readonly string _epoch = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
    private readonly Queue<LiveMessage> _history = new();
    private readonly List<LiveSubscription> _subscriptions = [];
    private long _number;
    private bool _isOver;

    /// <summary>Those who look on now.</summary>
    public int Clients
    {
        get
        {
            lock (_lock)
            {
                return _subscriptions.Count;
            }
        }
    }

    /// <summary>Clients that were let go because they did not read.</summary>
    public long LetGo { get; private set; }

    /// <summary>Messages handed out, each counted once.</summary>
    public long Published => Interlocked.Read(ref _number);

    /// <summary>What a client names to go on after a message: it holds for this process only.</summary>
    public string IdOf(LiveMessage message) => string.Create(CultureInfo.InvariantCulture, $"{_epoch}-{message.Number}");

    /// <summary>Null when there are too many clients, in all or of this token.</summary>
    /// <param name="lastId">The message that the client has seen last; null = it begins.</param>
    /// <param name="letGo">Told once when the client does not keep up.</param>
    public LiveSubscription? Subscribe(Grant grant, string? lastId, Action letGo)
    {
        lock (_lock)
        {
            if (_subscriptions.Count >= PortalLimits.MaxLiveClients
                || _subscriptions.Count(other => other.Grant.Name == grant.Name) >= PortalLimits.MaxLiveClientsOfToken)
            {
                return null;
            }

            long? after = lastId == null ? _number : NumberOf(lastId);
            long oldest = _history.TryPeek(out LiveMessage? first) ? first.Number : _number + 1;
            bool hasMissed = after == null || after > _number || after < oldest - 1;
            var subscription = new LiveSubscription(grant, letGo, End)
            {
                HasMissed = hasMissed,
                Resumed = hasMissed ? [] : [.. _history.Where(message => message.Number > after && grant.Sees(message.Home))],
            };
            if (_isOver)
            {
                subscription.Complete();
            }

            _subscriptions.Add(subscription);
            return subscription;
        }
    }

    public void Publish(LiveMessage message)
    {
        lock (_lock)
        {
            LiveMessage numbered = message with { Number = Interlocked.Increment(ref _number) };
            _history.Enqueue(numbered);
            if (_history.Count > PortalLimits.LiveHistory)
            {
                _history.Dequeue();
            }

            foreach (LiveSubscription subscription in _subscriptions.Where(subscription => !subscription.Take(numbered)).ToList())
            {
                _subscriptions.Remove(subscription);
                LetGo++;
                subscription.LetGo();
            }
        }
    }

    /// <summary>Ends all streams: the process is about to.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _isOver = true;
            _subscriptions.ForEach(subscription => subscription.Complete());
        }
    }

    private void End(LiveSubscription subscription)
    {
        lock (_lock)
        {
            _subscriptions.Remove(subscription);
        }
    }

    private long? NumberOf(string id) =>
        id.StartsWith(_epoch + "-", StringComparison.Ordinal) && long.TryParse(id.AsSpan(_epoch.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : null;
}
