namespace GatewayAgent.Portal;

/// <summary>Where and to whom the faces of a collector are served.</summary>
public sealed record PortalOptions
{
    /// <summary>
    /// Address and port to listen on, as <c>http://127.0.0.1:8080</c> or <c>https://0.0.0.0:8443</c>; port 0 = any free one. Other hosts
    /// than addresses and <c>localhost</c> are not taken.
    /// </summary>
    public string Listen { get; init; } = "http://127.0.0.1:0";

    /// <summary>Certificate and key (PEM) for <c>https</c>.</summary>
    public string? Certificate { get; init; }

    public string? Key { get; init; }

    /// <summary>
    /// The URL that people use, when it is not <see cref="Listen"/>: that of a proxy in front, say. An <c>https</c> one makes the cookie of
    /// a login <c>Secure</c>. A proxy on this machine is then believed who it asks for (<c>X-Forwarded-For</c>).
    /// </summary>
    public string? PublicUrl { get; init; }

    /// <summary>File of tokens for people and programs; null = none are asked for, which only loopback may do.</summary>
    public string? TokenFile { get; init; }

    /// <summary><c>/metrics</c> and <c>/health</c> are answered without a token.</summary>
    public bool OpenProbes { get; init; }

    /// <summary>File of webhooks; null = none.</summary>
    public string? WebhookFile { get; init; }

    /// <summary>Folder where the positions of the webhooks are kept; null = beside <see cref="WebhookFile"/>, with <c>.state</c> added.</summary>
    public string? WebhookState { get; init; }

    /// <summary>Log lines are JSON objects.</summary>
    public bool JsonLog { get; init; }

    /// <summary>How often news of nodes and homes are looked for in the store.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The collector counts as not ready when its assessments lag further behind.</summary>
    public TimeSpan MostAssessorLag { get; init; } = TimeSpan.FromMinutes(15);

    /// <exception cref="PortalException">It is no URL of a site.</exception>
    internal Uri? ReadPublicUrl() => PublicUrl == null ? null
        : Uri.TryCreate(PublicUrl, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https" && url.Query.Length + url.UserInfo.Length == 0 ? url
        : throw new PortalException($"'{PublicUrl}' is no URL that people can use. One such as https://portal.example.net is expected");
}
