namespace GatewayAgent.Portal;

/// <summary>Where the faces of a collector are served.</summary>
public sealed record PortalOptions
{
    /// <summary>Address and port to listen on, as <c>http://127.0.0.1:8080</c>; port 0 = any free one.</summary>
    public string Listen { get; init; } = "http://127.0.0.1:0";

    /// <summary>File of tokens for people and programs; null = none are asked for, which only loopback may do.</summary>
    public string? TokenFile { get; init; }
}
