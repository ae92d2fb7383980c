namespace GatewayAgent.Gw.Demo;

/// <summary>What happened to the children, newest last; a few lines are kept.</summary>
internal sealed class DemoEvents
{
    private const int Kept = 3;

    private readonly Queue<string> _lines = new();

    public void Add(string line)
    {
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
