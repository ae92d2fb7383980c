using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace GatewayAgent.Portal.Webhooks;

/// <summary>How an attempt ended.</summary>
internal enum Delivery
{
    Done,
    Failed,

    /// <summary>The receiver wants no more (410).</summary>
    Gone,
}

/// <summary>Sends messages. Follows no redirects, uses no proxy, and connects to public addresses only, unless it is told otherwise.</summary>
internal sealed class WebhookClient : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(15);

    private readonly HttpClient _http;
    private readonly TimeProvider _clock;

    public WebhookClient(bool allowLocal, TimeProvider clock)
        : this(Handler(allowLocal), clock)
    {
    }

    public WebhookClient(HttpMessageHandler handler, TimeProvider clock)
    {
        _clock = clock;
        _http = new HttpClient(handler) { Timeout = _patience };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("gateway-agent", "1"));
    }

    /// <returns>How it ended, and why when it failed: for a log, without the answer's body.</returns>
    public async Task<(Delivery Result, string? Reason)> Send(Uri url, byte[] key, WebhookMessage message, CancellationToken cancel)
    {
        using HttpRequestMessage request = Request(url, key, message);
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            return response.StatusCode switch
            {
                _ when response.IsSuccessStatusCode => (Delivery.Done, null),
                HttpStatusCode.Gone => (Delivery.Gone, "answered 410"),
                var status => (Delivery.Failed, $"answered {(int)status}"),
            };
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return (Delivery.Failed, e.InnerException?.Message ?? e.Message);
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(Uri url, byte[] key, WebhookMessage message)
    {
        long timestamp = _clock.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(message.Body, Encoding.UTF8, "application/json") };
        request.Headers.Add(WebhookSignature.IdHeader, message.Id);
        request.Headers.Add(WebhookSignature.TimestampHeader, timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Sign(key, message.Id, timestamp, message.Body));
        return request;
    }

    private static SocketsHttpHandler Handler(bool allowLocal) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        MaxResponseHeadersLength = 16,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectCallback = (context, cancel) => Connect(context.DnsEndPoint, allowLocal, cancel),
    };

    // The addresses are looked at after the name was resolved, and those are connected to: a second look-up could tell others.
    private static async ValueTask<Stream> Connect(DnsEndPoint endpoint, bool allowLocal, CancellationToken cancel)
    {
        IPAddress[] addresses = await Dns.GetHostAddressesAsync(endpoint.Host, cancel);
        if (!allowLocal && addresses.FirstOrDefault(address => !PublicAddresses.Contains(address)) is { } wrong)
        {
            throw new IOException($"{endpoint.Host} leads to {wrong}, which is not in the internet; allowLocal lets it");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, endpoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
