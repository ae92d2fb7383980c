using Microsoft.AspNetCore.Http;

namespace GatewayAgent.Portal.Access;

/// <summary>
/// Whether a request was made by another site's page. Browsers say where a request comes from; programs that say nothing hold no cookie that
/// could be misused.
/// </summary>
internal static class SameSite
{
    /// <param name="publicUrl">The URL that people use, when it is not that of the request; null = it is.</param>
    public static bool IsFromElsewhere(HttpRequest request, Uri? publicUrl)
    {
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out var site))
        {
            return site.ToString() is not ("same-origin" or "none");
        }

        // By plain http on a network, and of old browsers, there is only this.
        string origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && !IsOurs(origin, $"{request.Scheme}://{request.Host}") && !IsOurs(origin, publicUrl?.GetLeftPart(UriPartial.Authority));
    }

    private static bool IsOurs(string origin, string? ours) => string.Equals(origin, ours, StringComparison.OrdinalIgnoreCase);
}
