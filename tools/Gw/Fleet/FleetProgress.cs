using System.Globalization;

namespace GatewayAgent.Gw.Fleet;

/// <summary>Shows on a terminal how far a fleet has got; elsewhere it shows nothing.</summary>
internal sealed class FleetProgress : IDisposable
{
    private const int RefreshMs = 500;
    private const string ClearLine = "\r\x1b[K";

    private readonly bool _isShown = !Console.IsErrorRedirected;
    private long _shownAt;

    /// <param name="now">Time of the homes, Unix seconds.</param>
    public void Show(long now, long messages)
    {
        if (_isShown && Environment.TickCount64 - _shownAt >= RefreshMs)
        {
            _shownAt = Environment.TickCount64;
            string time = DateTimeOffset.FromUnixTimeSeconds(now).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"{ClearLine}{time} UTC in the homes, {messages:N0} messages sent"));
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
