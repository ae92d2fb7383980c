using System.Net;
using GatewayAgent.Portal.Http;
using Microsoft.AspNetCore.Http;

namespace GatewayAgent.Tests.Portal;

public sealed class PageFilesTests
{
    private static readonly byte[] _index = "<!doctype html><title>page</title>"u8.ToArray();

    private readonly PageFiles _files = new([("index.html", _index), ("index.html.br", [1, 2, 3]), ("page.js", "let a;"u8.ToArray()), ("font.woff2", [9])]);

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/index.html", "text/html")]
    [InlineData("/page.js", "text/javascript")]
    [InlineData("/font.woff2", "font/woff2")]
    public async Task A_file_of_the_page_is_served_as_what_it_is(string path, string type)
    {
        HttpContext context = await Ask(path);

        Assert.Equal((200, type), (context.Response.StatusCode, context.Response.ContentType));
        Assert.NotEmpty(Body(context));
    }

    [Theory]
    [InlineData("/index.html.br")]
    [InlineData("/INDEX.HTML")]
    [InlineData("/../index.html")]
    [InlineData("/page.js/")]
    [InlineData("//page.js")]
    [InlineData("/etc/passwd")]
    [InlineData("")]
    public async Task Nothing_else_is(string path) => Assert.Equal(404, (await Ask(path)).Response.StatusCode);

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("gzip", "")]
    [InlineData("", "")]
    public async Task Who_takes_the_compressed_file_gets_it(string accepted, string encoding)
    {
        HttpContext context = await Ask("/", ("Accept-Encoding", accepted));

        Assert.Equal(encoding, context.Response.Headers.ContentEncoding.ToString());
        Assert.Equal(encoding == "br" ? [1, 2, 3] : _index, Body(context));
        Assert.Equal("Accept-Encoding", context.Response.Headers.Vary.ToString());
    }

    [Fact]
    public async Task A_file_that_is_known_is_not_sent_again()
    {
        string tag = (await Ask("/page.js")).Response.Headers.ETag.ToString();
        HttpContext again = await Ask("/page.js", ("If-None-Match", tag));
        HttpContext other = await Ask("/", ("If-None-Match", tag));

        Assert.Equal((304, 200), (again.Response.StatusCode, other.Response.StatusCode));
        Assert.Empty(Body(again));
    }

    [Fact]
    public async Task HEAD_tells_the_length_and_POST_is_not_for_files()
    {
        HttpContext head = await Ask("/page.js", "HEAD");
        HttpContext post = await Ask("/page.js", "POST");

        Assert.Equal((200, 6, 0), (head.Response.StatusCode, (int)head.Response.ContentLength!, Body(head).Length));
        Assert.Equal(404, post.Response.StatusCode);
    }

    [Fact]
    public async Task The_page_is_built_into_the_portal()
    {
        using var portal = PortalFixture.WithTokens();

        using HttpResponseMessage response = await portal.Get("/", null);

        Assert.Equal((HttpStatusCode.OK, "text/html"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Contains("<title>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private Task<HttpContext> Ask(string path, params (string Name, string Value)[] headers) => Ask(path, "GET", headers);

    private async Task<HttpContext> Ask(string path, string method, params (string Name, string Value)[] headers)
    {
        var context = new DefaultHttpContext();
        (context.Request.Method, context.Request.Path) = (method, path);
        context.Response.Body = new MemoryStream();
        foreach ((string name, string value) in headers)
        {
            context.Request.Headers[name] = value;
        }

        await _files.Serve(context, next =>
        {
            next.Response.StatusCode = 404;
            return Task.CompletedTask;
        });
        return context;
    }

    private static byte[] Body(HttpContext context) => ((MemoryStream)context.Response.Body).ToArray();
}
