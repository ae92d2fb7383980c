using GatewayAgent.Collector.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GatewayAgent.Portal.Live;

/// <summary>Looks for news in the store, whichever collector put them there, and hands them to the feed.</summary>
internal sealed class LivePump(IStoreReader store, LiveFeed feed, TimeSpan interval, TimeProvider clock, ILogger<LivePump> log) : BackgroundService
{
    private const int Page = 500;

    private readonly HomeChanges _homes = new(store, clock.GetUtcNow());
    private long? _lastEvent;

    /// <summary>Hands over what is new. The first time nothing is: from then on it is known what is.</summary>
    public void Step()
    {
        if (_lastEvent == null)
        {
            _lastEvent = store.LatestEvents(1).FirstOrDefault()?.Key ?? 0;
            return;
        }

        IReadOnlyList<NodeEvent> events;
        do
        {
            events = store.Events(_lastEvent.Value, Page);
            foreach (NodeEvent e in events)
            {
                feed.Publish(LiveMessage.Of(e));
                _lastEvent = Math.Max(_lastEvent.Value, e.Key);
            }
        }
        while (events.Count == Page);

        foreach (HomeSummary home in _homes.Next())
        {
            feed.Publish(LiveMessage.Of(home));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(interval, clock);
        bool isWell = true;
        do
        {
            try
            {
                Step();
                isWell = true;
            }
            catch (Exception e)
            {
                // Told once for each time it begins: the store comes back, or the process is ended by others.
                log.Log(isWell ? LogLevel.Error : LogLevel.Debug, e, "no news from the store");
                isWell = false;
            }
        }
        while (await Wait(timer, stoppingToken));
    }

    private static async Task<bool> Wait(PeriodicTimer timer, CancellationToken stop)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
