using GatewayAgent.Control;
using GatewayAgent.Gw.Commands;

namespace GatewayAgent.Gw.Replay;

/// <summary>What <c>replay</c> was asked for.</summary>
internal sealed record ReplayRequest
{
    public required string Capture { get; init; }

    public required string Home { get; init; }

    public required string Node { get; init; }

    /// <summary>Length of the windows, s.</summary>
    public required int Interval { get; init; }

    /// <summary>The store; null = one that goes with the rest.</summary>
    public string? Database { get; init; }

    /// <summary>The store may hold earlier reports.</summary>
    public bool Append { get; init; }

    /// <summary>Null = a broker of our own.</summary>
    public BrokerAddress? Broker { get; init; }

    /// <summary>Virtual seconds a second; null = as fast as the machine allows.</summary>
    public double? Speed { get; init; }

    /// <summary>The broker is gone for this span of the capture; null = never.</summary>
    public Outage? Outage { get; init; }

    /// <exception cref="GwException">Options that do not fit together, or of which no node can be made.</exception>
    public void Check()
    {
        if (Outage != null && Broker != null)
        {
            throw GwException.Usage("--broker-outage: only a broker of our own can be taken away; leave out --broker");
        }

        AgentSettings settings = Settings();
        if (settings.Validate() is { } problem)
        {
            throw GwException.Usage(InTheirWords(problem));
        }
    }

    /// <summary>Set-up of the node, but for the broker.</summary>
    public AgentSettings Settings() => new()
    {
        Home = Home,
        Node = Node,
        WindowSeconds = Interval,
        BrokerHost = "localhost",
    };

    private static string InTheirWords(string problem) => problem
        .Replace("windowSeconds:", "--interval:", StringComparison.Ordinal)
        .Replace("home:", "--home:", StringComparison.Ordinal)
        .Replace("node:", "--node:", StringComparison.Ordinal);
}
