namespace GatewayAgent.Gw.Demo;

/// <summary>
/// What happened to the children, and why a node cannot reach the broker, newest last: a few lines are kept for the terminal. Elsewhere each
/// goes to standard error.
/// </summary>
internal sealed class DemoEvents
{
    private const int Kept = 3;

    private readonly Queue<string> _lines = new();

    public void Add(string line)
    {
        if (Console.IsOutputRedirected)
        {
            Console.Error.WriteLine($"gw: {line}");
        }

        lock (_lines)
        {
            _lines.Enqueue($"{DateTime.Now:HH:mm:ss} {line}");
            if (_lines.Count > Kept)
            {
                _lines.Dequeue();
            }
        }
    }

    public string[] Lines()
    {
        lock (_lines)
        {
            return [.. _lines];
        }
    }
}
