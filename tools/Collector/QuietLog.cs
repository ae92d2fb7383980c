namespace GatewayAgent.Collector;

/// <summary>Tells what may happen again and again at most every ten seconds, with how often it did since; from any thread.</summary>
internal sealed class QuietLog(CollectorEventKind kind, Action<CollectorEvent> log, TimeProvider clock)
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private long _untold;
    private long? _toldAt;

    public void Tell(string detail)
    {
        long untold;
        lock (_gate)
        {
            _untold++;
            if (_toldAt is { } told && clock.GetElapsedTime(told) < _pause)
            {
                return;
            }

            (untold, _untold, _toldAt) = (_untold, 0, clock.GetTimestamp());
        }

        log(new CollectorEvent(kind, untold == 1 ? detail : $"{detail} (and {untold - 1} before)"));
    }
}
