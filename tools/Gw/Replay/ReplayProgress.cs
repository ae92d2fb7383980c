using GatewayAgent.VirtualDevice.Running;

namespace GatewayAgent.Gw.Replay;

/// <summary>Shows on a terminal how far a replay has got; elsewhere it shows nothing.</summary>
internal sealed class ReplayProgress : IDisposable
{
    private const int RefreshMs = 200;
    private const string ClearLine = "\r\x1b[K";

    private readonly Timer? _timer;

    /// <param name="capture">Its position tells how much was read.</param>
    /// <param name="clock">Of the node.</param>
    public ReplayProgress(FileStream capture, VirtualClock clock)
    {
        if (!Console.IsErrorRedirected && capture.CanSeek)
        {
            _timer = new Timer(_ => Show(capture, clock), null, RefreshMs, RefreshMs);
        }
    }

    public void Dispose()
    {
        if (_timer != null)
        {
            using var last = new ManualResetEvent(false);
            _timer.Dispose(last);
            last.WaitOne();
            Console.Error.Write(ClearLine);
        }
    }

    private static void Show(FileStream capture, VirtualClock clock)
    {
        long percent = 100 * capture.Position / Math.Max(1, capture.Length);
        Console.Error.Write($"{ClearLine}{percent} % of the capture read, at its second {clock.UptimeMs / 1000}");
    }
}
