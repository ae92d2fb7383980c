using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace GatewayAgent.Portal.Http;

/// <summary>
/// A document as an answer. It carries an entity tag of its contents, so that who asks again for what has not changed is answered 304;
/// nobody between may keep it.
/// </summary>
internal sealed class Answer(byte[] body, string contentType, string? fileName = null) : IResult
{
    private const int TagBytes = 12;

    public static Answer Json<T>(T document, string? fileName = null) =>
        new(JsonSerializer.SerializeToUtf8Bytes(document, PortalJson.Options), "application/json; charset=utf-8", fileName);

    // Weak: the same contents may be compressed or not.
    public static string TagOf(byte[] body) => $"W/\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, TagBytes))}\"";

    public static bool IsKnown(HttpRequest request, string tag) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out IList<EntityTagHeaderValue>? tags)
        && tags.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(EntityTagHeaderValue.Parse(tag), useStrongComparison: false));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        string tag = TagOf(body);
        HttpResponse response = httpContext.Response;
        response.Headers.ETag = tag;
        response.Headers.CacheControl = "private, no-cache";
        response.Headers.Vary = "Authorization, Cookie";
        if (IsKnown(httpContext.Request, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        if (fileName != null)
        {
            response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = fileName }.ToString();
        }

        response.ContentType = contentType;
        await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }
}
