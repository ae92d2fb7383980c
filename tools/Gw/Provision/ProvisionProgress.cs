using System.Globalization;

namespace GatewayAgent.Gw.Provision;

/// <summary>Shows on a terminal how far a batch has got; elsewhere it shows nothing.</summary>
internal sealed class ProvisionProgress(int total) : IProgress<int>, IDisposable
{
    private const int RefreshMs = 200;
    private const string ClearLine = "\r\x1b[K";

    private readonly bool _isShown = !Console.IsErrorRedirected;
    private long _shownAt;

    public void Report(int value)
    {
        if (_isShown && Environment.TickCount64 - _shownAt >= RefreshMs)
        {
            _shownAt = Environment.TickCount64;
            Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"{ClearLine}{value:N0} of {total:N0} nodes"));
        }
    }

    public void Dispose()
    {
        if (_isShown)
        {
            Console.Error.Write(ClearLine);
        }
    }
}
