using System.Diagnostics;
using System.Globalization;
using GatewayAgent.Gw.Collecting;

namespace GatewayAgent.Gw.Fleet;

/// <summary>Lives a fleet: its history as fast as the machine allows, then at a pace.</summary>
internal sealed class FleetRun(FleetRequest request, Action<string> tell)
{
    private const int DaySeconds = 86_400, StepSeconds = 60;

    // Virtual time does not run away from a collector that works; one that does not costs this once.
    private const int AnswerMs = 2000, LookMs = 1;
    private const int LastAnswersMs = 5000, LastTries = 3;

    private long _messages;
    private long _now;
    private bool _isAnswered = true;

    /// <exception cref="GwException">The request cannot be used, or the broker ends the connection.</exception>
    /// <exception cref="OperationCanceledException">Stopped before the days asked for were lived.</exception>
    public FleetResult Run(CancellationToken stop)
    {
        request.Check();
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        long start = now - (request.HistoryDays * DaySeconds);
        FleetHomes? made = null;
        using OwnBackend? own = request.Broker == null && !request.IsOnlyHistory ? new OwnBackend(request.Store) : null;
        using IFleetLink link = Connect((topic, payload) => made?.Hear(topic, payload), own);
        FleetHomes homes = made = new FleetHomes(request, start, Troubles(start, now));
        tell(string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Homes:N0} {(request.Homes == 1 ? "home" : "homes")} of {homes.Nodes:N0} nodes, in {1 + (GC.GetTotalMemory(forceFullCollection: true) >> 20):N0} MiB"));
        using (var progress = new FleetProgress())
        {
            Live(homes, link, progress, start, now, speed: null, stop);
            if (!request.IsOnlyHistory)
            {
                Live(homes, link, progress, now, request.Days is { } days ? now + (long)(days * DaySeconds) : long.MaxValue, request.Speed, stop);
            }
        }

        End(homes, link, own);
        if (request.Days != null || request.IsOnlyHistory)
        {
            stop.ThrowIfCancellationRequested();
        }

        return new FleetResult(
            request.Homes, homes.Nodes, homes.Troubled, homes.Produced, homes.Unheard, homes.Unsent, homes.Unacknowledged, _messages);
    }

    // A word of the collector may be lost on its way: nodes that lived on would ask again. A history ends with the present, its nodes alive; those that
    // lived at a pace are gone with this process, and nobody else would say so.
    private void End(FleetHomes homes, IFleetLink link, OwnBackend? own)
    {
        _messages += homes.SayUntil(long.MaxValue, link.Send);
        for (int tries = 0; !WaitForAnswers(homes, link, _now, LastAnswersMs) && tries < LastTries; tries++)
        {
            link.ThrowIfBroken();
            _messages += homes.Insist(link.Send);
        }

        if (!request.IsOnlyHistory)
        {
            _messages += homes.Leave(link.Send);
            SpinWait.SpinUntil(() => link.IsDrained && (own == null || own.Received >= _messages), LastAnswersMs);
        }
    }

    // In a history most troubles have begun days ago; without one they begin soon.
    private (long Earliest, long Latest) Troubles(long start, long now) => request.HistoryDays >= 2
        ? (Math.Max(start + DaySeconds, now - (6 * DaySeconds)), now - (DaySeconds / 2))
        : (now, now + (2 * DaySeconds));

    private IFleetLink Connect(FleetEar hear, OwnBackend? own) => request.IsOnlyHistory
        ? new StoreLink(request.Store!, hear, e => tell(CollectorLog.Words(e)))
        : new BrokerLink(own?.Broker ?? request.Broker!, hear);

    private void Live(FleetHomes homes, IFleetLink link, FleetProgress progress, long from, long to, double? speed, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        for (long now = from; now < to && !stop.IsCancellationRequested;)
        {
            now = speed == null ? Math.Min(to, now + StepSeconds) : Math.Min(to, from + (long)(watch.Elapsed.TotalSeconds * speed.Value));
            _now = now;
            int said = homes.LiveUntil(now, link.Send);
            _messages += said;
            progress.Show(now, _messages);
            link.ThrowIfBroken();
            if (said > 0 && (speed == null || speed > StepSeconds))
            {
                _isAnswered = WaitForAnswers(homes, link, now, _isAnswered ? AnswerMs : 0);
            }
            else if (speed != null)
            {
                stop.WaitHandle.WaitOne(AnswerMs / 20);
            }
        }
    }

    // Until everything is acknowledged, or nothing comes any more. What the collector has not taken yet is waited for in any case: homes that ran
    // ahead of it would send it all again.
    private static bool WaitForAnswers(FleetHomes homes, IFleetLink link, long now, int patienceMs)
    {
        long held = long.MaxValue;
        for (long since = Environment.TickCount64; ;)
        {
            homes.TakeAcks(now);
            long left = Math.Max(0, homes.Unacknowledged - homes.UnderWay);
            since = left < held ? Environment.TickCount64 : since;
            held = left;
            bool isDrained = link.IsDrained;
            if ((held == 0 && isDrained) || Environment.TickCount64 - since >= (isDrained ? patienceMs : AnswerMs))
            {
                return held == 0 && isDrained;
            }

            Thread.Sleep(LookMs);
        }
    }
}
