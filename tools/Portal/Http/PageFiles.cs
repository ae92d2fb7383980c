using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;

namespace GatewayAgent.Portal.Http;

/// <summary>
/// The files of the page, held in memory: a path is looked up among them and nowhere else, so no path leads out. A file with <c>.br</c>
/// added to its name is what the one without is sent as to who takes it.
/// </summary>
internal sealed class PageFiles
{
    private const string ResourcePrefix = "page/";
    private const string Index = "index.html";
    private const string Compressed = ".br";

    private readonly Dictionary<string, PageFile> _files = new(StringComparer.Ordinal);

    public PageFiles(IEnumerable<(string Path, byte[] Content)> files)
    {
        Dictionary<string, byte[]> contents = files.ToDictionary(file => file.Path, file => file.Content);
        var types = new FileExtensionContentTypeProvider();
        foreach ((string path, byte[] content) in contents.Where(file => !file.Key.EndsWith(Compressed, StringComparison.Ordinal)))
        {
            string type = types.TryGetContentType(path, out string? known) ? known : "application/octet-stream";
            _files["/" + path] = new PageFile(content, contents.GetValueOrDefault(path + Compressed), type, Answer.TagOf(content));
        }

        if (_files.TryGetValue("/" + Index, out PageFile? index))
        {
            _files["/"] = index;
        }
    }

    /// <summary>The page that is built into this assembly.</summary>
    public static PageFiles OfAssembly()
    {
        Assembly assembly = typeof(PageFiles).Assembly;
        return new PageFiles(assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            .Select(name => (name[ResourcePrefix.Length..].Replace('\\', '/'), Read(assembly, name))));
    }

    /// <summary>Answers what is a file of the page.</summary>
    public async Task Serve(HttpContext context, RequestDelegate next)
    {
        HttpRequest request = context.Request;
        if ((!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)) || !_files.TryGetValue(request.Path.Value ?? "", out PageFile? file))
        {
            await next(context);
            return;
        }

        HttpResponse response = context.Response;
        response.Headers.ETag = file.Tag;
        response.Headers.CacheControl = "no-cache";
        response.Headers.Vary = "Accept-Encoding";
        if (Answer.IsKnown(request, file.Tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = file.Type;
        byte[] body = Choose(request, response, file);
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    private static byte[] Choose(HttpRequest request, HttpResponse response, PageFile file)
    {
        if (file.Brotli == null || !request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.OrdinalIgnoreCase))
        {
            return file.Content;
        }

        response.Headers.ContentEncoding = "br";
        return file.Brotli;
    }

    private static byte[] Read(Assembly assembly, string name)
    {
        using Stream resource = assembly.GetManifestResourceStream(name)!;
        using var buffer = new MemoryStream();
        resource.CopyTo(buffer);
        return buffer.ToArray();
    }

    private sealed record PageFile(byte[] Content, byte[]? Brotli, string Type, string Tag);
}
