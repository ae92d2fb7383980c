using System.Net.Http.Headers;
using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace GatewayAgent.Portal.Mcp;

/// <summary>Asks a portal by its REST interface. What it refuses becomes an error of the tool, in words.</summary>
internal sealed class PortalClient : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http;

    /// <param name="token">Null = none is sent.</param>
    public PortalClient(Uri url, string? token)
    {
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(url, "/api/v1/"), Timeout = _patience };
        _http.DefaultRequestHeaders.Authorization = token == null ? null : new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>A name as a part of a path: never a step up or down in it.</summary>
    public static string Segment(string name) => name is "." or ".." ? "-" : Uri.EscapeDataString(name);

    public async Task<CallToolResult> Get(string path, IEnumerable<(string Name, string? Value)> query, CancellationToken cancel)
    {
        string given = string.Join('&', query.Where(pair => !string.IsNullOrEmpty(pair.Value)).Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}"));
        try
        {
            using HttpResponseMessage response = await _http.GetAsync(new Uri($"{path}?{given}", UriKind.Relative), cancel);
            string body = await response.Content.ReadAsStringAsync(cancel);
            return response.IsSuccessStatusCode ? Result(body, isError: false) : Result(ProblemOf(body) ?? $"The portal answered {(int)response.StatusCode}.", isError: true);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return Result($"The portal at {_http.BaseAddress!.GetLeftPart(UriPartial.Authority)} does not answer: {e.Message}", isError: true);
        }
    }

    public void Dispose() => _http.Dispose();

    private static CallToolResult Result(string text, bool isError) => new() { Content = [new TextContentBlock { Text = text }], IsError = isError };

    private static string? ProblemOf(string body)
    {
        try
        {
            JsonElement problem = JsonDocument.Parse(body).RootElement;
            string?[] words = [Text(problem, "title"), Text(problem, "detail")];
            return string.Join(' ', words.OfType<string>());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement problem, string name) => problem.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
