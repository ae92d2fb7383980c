using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace GatewayAgent.Portal.Api;

/// <summary>The reports of a home, row by row: however many there are, few are in memory.</summary>
internal sealed class CsvAnswer(HomeReader homes, string home) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.CacheControl = "private, no-store";
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = $"{home}.csv" }.ToString();
        if (httpContext.Features.Get<IHttpBodyControlFeature>() is { } control)
        {
            // The store is read row by row on this thread, and a slow client holds that thread back.
            control.AllowSynchronousIO = true;
        }

        await using var writer = new StreamWriter(response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 32 * 1024, leaveOpen: true);
        homes.WriteCsv(writer, home);
    }
}
