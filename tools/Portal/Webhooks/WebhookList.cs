namespace GatewayAgent.Portal.Webhooks;

/// <summary>The file of webhooks. It holds secrets: its owner's alone to read.</summary>
/// <param name="AllowLocal">Endpoints on this machine, also by <c>http</c>, and in private networks: else a name that leads there is refused.</param>
public sealed record WebhookList(IReadOnlyList<WebhookEntry> Endpoints, bool AllowLocal = false);

/// <summary>Who is told what.</summary>
/// <param name="Id">Its name in logs and metrics, and of its position on disk.</param>
/// <param name="Secret"><c>whsec_</c> and the Base64 of 24–64 bytes.</param>
/// <param name="Homes">Prefixes of the names of homes; <c>*</c> = all.</param>
public sealed record WebhookEntry(string Id, string Url, string Secret, IReadOnlyList<string> Homes, IReadOnlyList<WebhookKind> Kinds);

/// <summary>What a webhook tells of.</summary>
public enum WebhookKind
{
    /// <summary>A node noticed something.</summary>
    Event,

    /// <summary>A home has got worse than its baseline.</summary>
    HomeWorse,

    /// <summary>A home that had got worse is back.</summary>
    HomeBetter,
}
