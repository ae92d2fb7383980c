using GatewayAgent.Detection;

namespace GatewayAgent.VirtualDevice.Fleet;

/// <summary>
/// One home of a fleet, lived window by window: what its nodes say is what the firmware would. The same seed and the same start, the same bytes,
/// as long as the same is acknowledged. Not thread-safe.
/// </summary>
public sealed class FleetHome
{
    private static readonly DetectionSettings _detection = new();

    private readonly HomeCase _case;
    private readonly Household _household;
    private readonly List<FleetNode> _nodes = [];
    private int _window;

    /// <param name="name">Identifier of the home.</param>
    /// <param name="seed">Everything by chance comes from it.</param>
    /// <param name="trouble">What is wrong with it.</param>
    /// <param name="start">First second of its life, Unix time.</param>
    /// <param name="troubleFrom">When that begins, Unix seconds; what is wrong from the first day does not wait for it.</param>
    public FleetHome(string name, int seed, TroubleKind trouble, long start, long troubleFrom)
    {
        Name = name;
        Trouble = trouble;
        _case = HomeCase.Of(seed, trouble, troubleFrom);
        _household = new Household(_case.Plan, new HomeCalendar(start, _case.Plan.WindowSeconds), _case.Trouble);
        for (int i = 0; i < _household.Nodes.Count; i++)
        {
            _nodes.Add(new FleetNode(name, i, _household, _detection));
        }
    }

    public string Name { get; }

    public TroubleKind Trouble { get; }

    /// <summary>The node that has the trouble; null = the whole home.</summary>
    public string? TroubledNode => _case.Trouble.Node < 0 ? null : _nodes[_case.Trouble.Node].Name;

    /// <summary>When nodes had no power, Unix seconds: power cuts and pulled plugs, which happen in every home and are nobody's trouble kind.</summary>
    public IEnumerable<(string Node, long From, long To)> PowerLosses => _nodes.SelectMany(node => node.Off.Select(off => (node.Name, off.From, off.To)));

    public int NodeCount => _nodes.Count;

    /// <summary>Length of its windows.</summary>
    public int WindowSeconds => _case.Plan.WindowSeconds;

    /// <summary>Until when it has lived, Unix seconds: the beginning of its next window.</summary>
    public long LivedUntil => _household.Calendar.At(_window);

    /// <summary>Reports that its nodes closed.</summary>
    public long Produced => _nodes.Sum(node => node.Produced);

    /// <summary>Reports that ended with a boot before anybody had heard of them.</summary>
    public long Unheard => _nodes.Sum(node => node.Unheard);

    /// <summary>Reports that were sent and wait for the collector's word.</summary>
    public int Unacknowledged => _nodes.Sum(node => node.Line.Held.AwaitedCount);

    /// <summary>Reports that were never sent.</summary>
    public int Unsent => _nodes.Sum(node => node.Line.Held.UnsentCount);

    /// <summary>Reports that nodes hold, sent or not.</summary>
    public int Held => _nodes.Sum(node => node.Line.Held.Count);

    internal HomeCase Case => _case;

    /// <summary>Lives through its next window.</summary>
    /// <param name="bench">Shared by homes that live one after another, on one thread.</param>
    /// <param name="say">Takes what its nodes say: of each node in the order of time.</param>
    public void Live(FleetBench bench, Action<FleetMessage> say)
    {
        _household.Live(_window);
        foreach (FleetNode node in _nodes)
        {
            node.Live(_window, bench.Desk, say);
        }

        _window++;
    }

    /// <summary>Its nodes ask again for the collector's word on what they have sent.</summary>
    public void Insist(FleetBench bench, Action<FleetMessage> say) => _nodes.ForEach(node => node.Insist(bench.Desk, say));

    /// <summary>Its nodes go off line for good.</summary>
    public void Leave(Action<FleetMessage> say) => _nodes.ForEach(node => node.Leave(say));

    /// <summary>The collector has everything of a boot of a node up to a sequence.</summary>
    /// <param name="now">Unix seconds.</param>
    public void Acknowledge(string node, uint bootId, uint sequence, long now) =>
        _nodes.Find(other => other.Name == node)?.Line.Acknowledge(bootId, sequence, now);
}

/// <summary>What homes that live on the same thread share, so that a whole fleet has room.</summary>
public sealed class FleetBench
{
    internal WindowDesk Desk { get; } = new();
}
