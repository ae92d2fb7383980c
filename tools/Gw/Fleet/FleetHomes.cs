using System.Collections.Concurrent;
using System.Globalization;
using GatewayAgent.Protocol;
using GatewayAgent.VirtualDevice.Fleet;

namespace GatewayAgent.Gw.Fleet;

/// <summary>All homes of a fleet: lives them on all processors, and keeps what their nodes say until it is time.</summary>
internal sealed class FleetHomes
{
    private const int DaySeconds = 86_400, StaggerSeconds = 3600;
    private const double HealthyShare = 0.7;

    private readonly FleetHome[] _homes;
    private readonly Dictionary<string, FleetHome> _byName;
    private readonly ConcurrentBag<FleetBench> _benches = [];
    private readonly PriorityQueue<FleetMessage, long> _waiting = new();
    private readonly ConcurrentQueue<(string Home, string Node, Ack Ack)> _acks = new();

    /// <param name="start">Unix seconds.</param>
    /// <param name="troubleFrom">Earliest and latest moment at which troubles begin, Unix seconds.</param>
    public FleetHomes(FleetRequest request, long start, (long Earliest, long Latest) troubleFrom)
    {
        _homes = new FleetHome[request.Homes];
        Parallel.For(0, request.Homes, i => _homes[i] = Make(request, i, start, troubleFrom));
        _byName = _homes.ToDictionary(home => home.Name);
    }

    public int Nodes => _homes.Sum(home => home.NodeCount);

    public long Produced => _homes.Sum(home => home.Produced);

    public long Unheard => _homes.Sum(home => home.Unheard);

    /// <summary>Reports that were sent and wait for the collector's word.</summary>
    public long Unacknowledged => _homes.Sum(home => (long)home.Unacknowledged);

    /// <summary>Of these, reports that nobody can have answered yet: they leave their nodes later than now.</summary>
    public long UnderWay { get; private set; }

    /// <summary>Reports that were never sent.</summary>
    public long Unsent => _homes.Sum(home => (long)home.Unsent);

    public int Troubled => _homes.Count(home => home.Trouble != TroubleKind.Healthy);

    /// <summary>Hears the collector; from any thread.</summary>
    public void Hear(string topic, ReadOnlySpan<byte> payload)
    {
        if (Topics.TryParse(topic, out NodeTopic node, out _) && node.Leaf == Topics.Ack)
        {
            _acks.Enqueue((node.Home, node.Node, Ack.Parser.ParseFrom(payload)));
        }
    }

    /// <summary>Lets every home live until a moment, and says what there is to say until then, in the order of time.</summary>
    /// <param name="now">Unix seconds.</param>
    /// <returns>Messages said.</returns>
    public int LiveUntil(long now, Action<FleetMessage> say)
    {
        TakeAcks(now);
        Parallel.ForEach(_homes.Where(home => home.LivedUntil < now), home => Live(home, now));
        return SayUntil(now * 1000, say);
    }

    /// <summary>Says what is under way.</summary>
    /// <param name="untilMs">Unix milliseconds.</param>
    /// <returns>Messages said.</returns>
    public int SayUntil(long untilMs, Action<FleetMessage> say)
    {
        int said = 0;
        for (; _waiting.TryPeek(out FleetMessage message, out long atMs) && atMs <= untilMs; said++)
        {
            _waiting.Dequeue();
            UnderWay -= IsReport(message) ? 1 : 0;
            say(message);
        }

        return said;
    }

    /// <summary>Lets nodes ask again for the collector's word on what they have sent.</summary>
    /// <returns>Messages said.</returns>
    public int Insist(Action<FleetMessage> say)
    {
        var bench = new FleetBench();
        return SayOf(home => home.Unacknowledged > 0, (home, tell) => home.Insist(bench, tell), say);
    }

    /// <summary>Lets every node go off line for good.</summary>
    /// <returns>Messages said.</returns>
    public int Leave(Action<FleetMessage> say) => SayOf(_ => true, (home, tell) => home.Leave(tell), say);

    /// <summary>Notes what has been acknowledged since.</summary>
    public void TakeAcks(long now)
    {
        while (_acks.TryDequeue(out (string Home, string Node, Ack Ack) heard))
        {
            if (_byName.TryGetValue(heard.Home, out FleetHome? home))
            {
                home.Acknowledge(heard.Node, heard.Ack.BootId, heard.Ack.Sequence, now);
            }
        }
    }

    private int SayOf(Func<FleetHome, bool> isAsked, Action<FleetHome, Action<FleetMessage>> ask, Action<FleetMessage> say)
    {
        int said = 0;
        foreach (FleetHome home in _homes.Where(isAsked))
        {
            ask(home, message =>
            {
                said++;
                say(message);
            });
        }

        return said;
    }

    private void Live(FleetHome home, long now)
    {
        FleetBench bench = _benches.TryTake(out FleetBench? free) ? free : new FleetBench();
        var said = new List<FleetMessage>();
        while (home.LivedUntil < now)
        {
            home.Live(bench, said.Add);
        }

        _benches.Add(bench);
        lock (_waiting)
        {
            _waiting.EnqueueRange(said.Select(message => (message, message.AtMs)));
            UnderWay += said.Count(IsReport);
        }
    }

    private static bool IsReport(FleetMessage message) => message.Leaf == Topics.Report;

    // Homes begin within an hour, so that the fleet does not march in step.
    private static FleetHome Make(FleetRequest request, int index, long start, (long Earliest, long Latest) troubleFrom)
    {
        int seed = unchecked((request.Seed * 1_000_003) + index);
        var random = new Random(seed);
        TroubleKind trouble = request.Trouble ?? Mixture(random);
        long from = troubleFrom.Earliest + (long)(random.NextDouble() * (troubleFrom.Latest - troubleFrom.Earliest));
        string name = string.Create(CultureInfo.InvariantCulture, $"home-{index + 1:D6}");
        return new FleetHome(name, seed, trouble, start - random.Next(StaggerSeconds), from);
    }

    private static TroubleKind Mixture(Random random) =>
        random.NextDouble() < HealthyShare ? TroubleKind.Healthy : (TroubleKind)random.Next(1, Enum.GetValues<TroubleKind>().Length);
}
