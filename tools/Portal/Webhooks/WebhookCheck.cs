using GatewayAgent.Portal.Access;
using GatewayAgent.Protocol;

namespace GatewayAgent.Portal.Webhooks;

/// <summary>Whether a file of webhooks can be used; a <see cref="PortalException"/> says what is wrong with which entry.</summary>
internal static class WebhookCheck
{
    public static Uri UrlOf(WebhookEntry entry, bool allowLocal)
    {
        bool isUrl = Uri.TryCreate(entry.Url, UriKind.Absolute, out Uri? url);
        bool isSafe = isUrl && (url!.Scheme == Uri.UriSchemeHttps || (allowLocal && url.Scheme == Uri.UriSchemeHttp && LoopbackHosts.IsLoopback(url.Host)));
        if (url?.UserInfo.Length > 0)
        {
            throw new PortalException($"webhook '{entry.Id}': the url holds a name or password; its messages are signed with the secret instead");
        }

        return isSafe
            ? url!
            : throw new PortalException($"webhook '{entry.Id}': '{entry.Url}' is not an https URL. http is for this machine only, with allowLocal");
    }

    public static byte[] KeyOf(WebhookEntry entry) => WebhookSignature.KeyOf(entry.Secret)
        ?? throw new PortalException($"webhook '{entry.Id}': the secret is not whsec_ and the Base64 of 24–64 bytes");

    public static void Check(WebhookList list)
    {
        if (list.Endpoints.Count > PortalLimits.MaxEndpoints)
        {
            throw new PortalException($"{list.Endpoints.Count} webhooks; at most {PortalLimits.MaxEndpoints} are served");
        }

        if (list.Endpoints.GroupBy(entry => entry.Id).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new PortalException($"webhook '{twice.Key}' is there twice");
        }

        foreach (WebhookEntry entry in list.Endpoints)
        {
            Check(entry, list.AllowLocal);
        }
    }

    private static void Check(WebhookEntry entry, bool allowLocal)
    {
        UrlOf(entry, allowLocal);
        KeyOf(entry);
        if (!Topics.IsId(entry.Id))
        {
            throw new PortalException($"webhook '{entry.Id}': an id is 1–{Topics.MaxIdLength} of A-Z a-z 0-9 . _ -");
        }

        if (entry.Homes.Count == 0 || entry.Homes.Any(prefix => prefix != "*" && !Topics.IsId(prefix)))
        {
            throw new PortalException($"webhook '{entry.Id}': homes names prefixes of homes, or \"*\" for all");
        }

        if (entry.Kinds.Count == 0)
        {
            throw new PortalException($"webhook '{entry.Id}': kinds is empty; there are event, homeWorse and homeBetter");
        }
    }
}
