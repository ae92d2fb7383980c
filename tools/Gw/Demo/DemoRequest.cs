namespace GatewayAgent.Gw.Demo;

/// <summary>What <c>demo</c> was asked for.</summary>
internal sealed record DemoRequest
{
    /// <summary>Ends by itself after so many seconds; null = at Ctrl-C.</summary>
    public int? Seconds { get; init; }

    /// <summary>The same seed is the same home and the same life in it.</summary>
    public required int Seed { get; init; }

    /// <summary>Seconds of the home in a second.</summary>
    public required double Speed { get; init; }

    /// <summary>Nodes with the stock image, which cannot know channels.</summary>
    public bool IsStock { get; init; }

    /// <summary>Broker, collector and nodes speak TLS, each with a certificate of its own.</summary>
    public bool IsTls { get; init; }

    /// <summary>Name of the node whose light and display are shown large; null = the table of all.</summary>
    public string? Board { get; init; }

    /// <summary>That node is carried through the home.</summary>
    public bool IsWalked { get; init; }

    /// <summary>The store; null = one that goes with the rest.</summary>
    public string? Database { get; init; }
}
