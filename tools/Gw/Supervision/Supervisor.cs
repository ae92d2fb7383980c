using System.Diagnostics;

namespace GatewayAgent.Gw.Supervision;

/// <summary>Starts children again that have died, says so, and gives up on one that does not stay up.</summary>
internal sealed class Supervisor : IDisposable
{
    /// <summary>Deaths in a row, each soon after its start, until there is no point in going on.</summary>
    private const int MostEarlyDeaths = 5;

    private static readonly TimeSpan _pollInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _earlyDeath = TimeSpan.FromSeconds(3);

    private readonly Action<string> _tell;
    private readonly List<Watched> _watched;
    private readonly ManualResetEventSlim _stopping = new();
    private readonly CancellationTokenSource _gaveUp = new();
    private readonly Thread _thread;

    /// <param name="tell">Told in one line of each death and restart, on the supervisor's thread.</param>
    public Supervisor(IEnumerable<IChild> children, Action<string> tell)
    {
        _tell = tell;
        _watched = [.. children.Select(child => new Watched(child))];
        _thread = new Thread(Watch) { IsBackground = true, Name = "supervisor" };
        _thread.Start();
    }

    /// <summary>Cancelled when a child does not stay up; <see cref="Failure"/> says which.</summary>
    public CancellationToken GaveUp => _gaveUp.Token;

    public GwException? Failure { get; private set; }

    /// <summary>Stops watching: from here on children may end.</summary>
    public void Dispose()
    {
        _stopping.Set();
        _thread.Join();
        _stopping.Dispose();
    }

    // Ctrl-C in a terminal ends the broker at the same moment as it reaches us: the wait before a restart lets our own stop come first.
    private void Watch()
    {
        while (!_stopping.Wait(_pollInterval))
        {
            Watched? dead = _watched.FirstOrDefault(watched => !watched.Child.IsRunning);
            if (dead != null && !_stopping.Wait(_pollInterval) && !Revive(dead))
            {
                return;
            }
        }
    }

    private bool Revive(Watched dead)
    {
        IChild child = dead.Child;
        dead.EarlyDeaths = dead.Started.Elapsed < _earlyDeath ? dead.EarlyDeaths + 1 : 1;
        if (dead.EarlyDeaths > MostEarlyDeaths || child.Refusal != null)
        {
            Failure = new GwException(child.Refusal ?? ExitCode.Problem, $"the {child.Name} does not stay up; its last words: {child.LastWords}");
            _gaveUp.Cancel();
            return false;
        }

        int died = child.ProcessId;
        try
        {
            child.Restart();
            _tell($"the {child.Name} (process {died}) died: started again as process {child.ProcessId}");
        }
        catch (Exception e)
        {
            _tell($"the {child.Name} (process {died}) died and cannot be started again: {e.Message}");
        }

        dead.Started.Restart();
        return true;
    }

    private sealed class Watched(IChild child)
    {
        public IChild Child { get; } = child;

        public Stopwatch Started { get; } = Stopwatch.StartNew();

        public int EarlyDeaths { get; set; }
    }
}
