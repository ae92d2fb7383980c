using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace GatewayAgent.Portal.Api;

/// <summary>
/// The reports of a home. They are read from the store at once into a file that goes with the request: a client that takes its time holds
/// up neither a thread nor the store's clean-up, and however many rows there are, few are in memory.
/// </summary>
internal sealed class CsvAnswer(HomeReader homes, string home) : IResult
{
    private const int BufferBytes = 64 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using FileStream spool = OpenSpool();
        await using (var writer = new StreamWriter(spool, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferBytes, leaveOpen: true))
        {
            homes.WriteCsv(writer, home);
        }

        spool.Position = 0;
        HttpResponse response = httpContext.Response;
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.CacheControl = "private, no-store";
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = $"{home}.csv" }.ToString();
        await spool.CopyToAsync(response.Body, BufferBytes, httpContext.RequestAborted);
    }

    private static FileStream OpenSpool()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(Path.Combine(Path.GetTempPath(), $"gw-{Guid.NewGuid():N}.csv"), options);
    }
}

/// <summary>A route whose answers are long: few at a time.</summary>
internal sealed record IsExport;
