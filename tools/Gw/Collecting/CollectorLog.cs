using GatewayAgent.Collector;
using GatewayAgent.Portal;
using Microsoft.Extensions.Logging;

namespace GatewayAgent.Gw.Collecting;

/// <summary>What a collector tells, on standard error: a line for people, or a JSON object for programs. From any thread.</summary>
internal sealed class CollectorLog : IDisposable
{
    private readonly ILogger? _json;

    public CollectorLog(bool isJson)
    {
        Factory = PortalLog.Create(isJson);
        _json = isJson ? Factory.CreateLogger("collector") : null;
    }

    /// <summary>For the parts that log by themselves.</summary>
    public ILoggerFactory Factory { get; }

    /// <summary>How an event stands in a line for people, between its time and its detail.</summary>
    public static string Word(CollectorEventKind kind) => Word(kind.ToString().ToLowerInvariant());

    /// <summary>An event for people, without its time.</summary>
    public static string Words(CollectorEvent e) => $"{e.Kind.ToString().ToLowerInvariant()}: {e.Detail}";

    public void Write(CollectorEvent e)
    {
        bool isTrouble = e.Kind is CollectorEventKind.Disconnected or CollectorEventKind.KeptAside or CollectorEventKind.WriteFailed;
        Write(isTrouble ? LogLevel.Warning : LogLevel.Information, e.Kind.ToString().ToLowerInvariant(), e.Detail);
    }

    public void Serving(Uri url) => Write(LogLevel.Information, "serving", url.ToString());

    public void Dispose() => Factory.Dispose();

    private static string Word(string what) => $" {what}: ";

    private void Write(LogLevel level, string what, string detail)
    {
        if (_json == null)
        {
            Console.Error.WriteLine($"{DateTimeOffset.UtcNow:yyyy-MM-dd'T'HH:mm:ss'Z'}{Word(what)}{detail}");
        }
        else
        {
            _json.Log(level, "{Event}: {Detail}", what, detail);
        }
    }
}
