using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GatewayAgent.Portal.Http;

/// <summary>What every answer tells a browser not to do.</summary>
internal static class SecurityHeaders
{
    /// <summary>Nothing but this server's own files; no inline script, no frame, no form elsewhere.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    // As the answer starts: what handles an exception clears the headers set before it.
    public static void UseSecurityHeaders(this IApplicationBuilder app, bool isHttps) => app.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            Set(context.Response.Headers, isHttps);
            return Task.CompletedTask;
        });
        return next(context);
    });

    private static void Set(IHeaderDictionary headers, bool isHttps)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // A login has to say where it comes from; other sites are told nothing.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        if (headers.CacheControl.Count == 0)
        {
            headers.CacheControl = "no-store";
        }

        if (isHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }
    }
}
