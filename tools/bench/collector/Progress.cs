using System.Diagnostics;

namespace GatewayAgent.Bench.Collector;

/// <summary>Prints how a long run goes on: a rate that falls and memory that grows are seen here, not in the total.</summary>
internal sealed class Progress : IDisposable
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(30);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Func<long> _published;
    private readonly Func<long> _taken;
    private readonly Timer _timer;
    private long _before;

    /// <param name="published">Reports that the broker has been given.</param>
    /// <param name="taken">Of those, what is stored, or counted.</param>
    public Progress(Func<long> published, Func<long> taken)
    {
        _published = published;
        _taken = taken;
        _timer = new Timer(_ => Print(), null, _pause, _pause);
    }

    public void Dispose() => _timer.Dispose();

    private void Print()
    {
        long taken = _taken();
        Console.WriteLine(
            $"  {_watch.Elapsed.TotalSeconds,4:0} s: {taken,10:N0} taken, {(taken - _before) / _pause.TotalSeconds,7:N0}/s, "
            + $"{_published() - taken,8:N0} waiting, {Environment.WorkingSet >> 20} MiB");
        _before = taken;
    }
}
