using System.Threading.Channels;
using GatewayAgent.Portal.Access;

namespace GatewayAgent.Portal.Live;

/// <summary>One who looks on. Messages wait in a bounded row; who lets it fill up is let go.</summary>
/// <param name="letGo">Told once when that happens.</param>
internal sealed class LiveSubscription(Grant grant, Action letGo, Action<LiveSubscription> end) : IDisposable
{
    private readonly Channel<LiveMessage> _waiting = Channel.CreateBounded<LiveMessage>(
        new BoundedChannelOptions(PortalLimits.LiveBacklog) { SingleReader = true, SingleWriter = false });

    public Grant Grant => grant;

    public ChannelReader<LiveMessage> Messages => _waiting.Reader;

    /// <summary>It was asked to go on after a message that is no longer known: it has missed something.</summary>
    public bool HasMissed { get; init; }

    /// <summary>Messages since the one it has seen last.</summary>
    public IReadOnlyList<LiveMessage> Resumed { get; init; } = [];

    /// <summary>Hands over a message that is the subscriber's to see; false when it has to be let go.</summary>
    public bool Take(LiveMessage message) => !grant.Sees(message.Home) || _waiting.Writer.TryWrite(message);

    public void LetGo()
    {
        _waiting.Writer.TryComplete();
        letGo();
    }

    /// <summary>No more messages: what waits is still read.</summary>
    public void Complete() => _waiting.Writer.TryComplete();

    public void Dispose() => end(this);
}
