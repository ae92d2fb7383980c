using GatewayAgent.Collector.Store;
using GatewayAgent.Portal.Access;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GatewayAgent.Portal.Webhooks;

/// <summary>Keeps every endpoint told, each by itself: one that is away holds up no other.</summary>
internal sealed class WebhookPump : BackgroundService
{
    private static readonly TimeSpan _afterTrouble = TimeSpan.FromSeconds(10);

    private readonly WebhookClient _client;
    private readonly TimeProvider _clock;
    private readonly ILogger<WebhookPump> _log;

    /// <exception cref="PortalException">The file cannot be used; the message names the entry.</exception>
    public WebhookPump(PortalOptions options, IStoreReader store, TimeProvider clock, ILogger<WebhookPump> log)
    {
        WebhookList list = options.WebhookFile == null ? new WebhookList([]) : ConfigJson.Read<WebhookList>(options.WebhookFile);
        WebhookCheck.Check(list);
        (_clock, _log) = (clock, log);
        _client = new WebhookClient(list.AllowLocal, clock);
        Endpoints = list.Endpoints.Count == 0 ? [] : Open(list, Folder(options), store);
    }

    public IReadOnlyList<WebhookEndpoint> Endpoints { get; }

    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Endpoints.Select(endpoint => Task.Run(() => Serve(endpoint, stoppingToken), stoppingToken)));

    private IReadOnlyList<WebhookEndpoint> Open(WebhookList list, string folder, IStoreReader store) =>
        [.. list.Endpoints.Select(entry => new WebhookEndpoint(entry, list.AllowLocal, folder, store, _client, _clock, _log))];

    private async Task Serve(WebhookEndpoint endpoint, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            TimeSpan pause = await Step(endpoint, stop);
            await Task.Delay(pause, _clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // The store may be away for a while, and a disk full: the endpoint is told later.
    private async Task<TimeSpan> Step(WebhookEndpoint endpoint, CancellationToken stop)
    {
        try
        {
            return await endpoint.Step(stop);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            _log.LogError(e, "webhook {Endpoint} waits", endpoint.Id);
            return _afterTrouble;
        }
        catch (OperationCanceledException)
        {
            return TimeSpan.Zero;
        }
    }

    private static string Folder(PortalOptions options)
    {
        string folder = options.WebhookState ?? options.WebhookFile + ".state";
        try
        {
            return Directory.CreateDirectory(folder).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PortalException($"{folder}: {e.Message}", e);
        }
    }
}
