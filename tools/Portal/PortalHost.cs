using GatewayAgent.Collector;
using GatewayAgent.Collector.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GatewayAgent.Portal;

/// <summary>The faces of a collector at work: page, API, live stream, metrics and webhooks, on one address.</summary>
public sealed class PortalHost : IDisposable
{
    private static readonly TimeSpan _stopTime = TimeSpan.FromSeconds(5);

    private readonly WebApplication _app;

    private PortalHost(WebApplication app) => _app = app;

    /// <summary>Where it listens, with the port that it got.</summary>
    public Uri Url => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Opens the door. The store and the log stay the caller's, and outlive the host.</summary>
    /// <param name="vitals">How the collector of this process is doing; null = there is none, only its store.</param>
    /// <exception cref="PortalException">An option, or a file that one names, cannot be used; nothing listens.</exception>
    public static PortalHost Start(
        PortalOptions options, IStoreReader store, Func<CollectorVitals>? vitals = null, ILoggerFactory? log = null, TimeProvider? clock = null)
    {
        ListenAddress listen = PortalCheck.AddressOf(options);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(PortalHost).Assembly.GetName().Name });
        AddLog(builder, log ?? PortalLog.Create(options.JsonLog), isOurs: log == null);
        Listen(builder, options, listen);
        var site = new PortalSite(options, listen, store, vitals, clock ?? TimeProvider.System);
        site.AddServices(builder.Services);
        WebApplication app = builder.Build();
        try
        {
            site.Map(app);
            app.Start();
            return new PortalHost(app);
        }
        catch (Exception e)
        {
            ((IDisposable)app).Dispose();
            throw e is IOException ? new PortalException($"cannot listen at {options.Listen}: {e.Message}", e) : e;
        }
    }

    /// <summary>Ends live streams, lets requests end, keeps the positions of webhooks, and closes.</summary>
    public void Dispose()
    {
        using (var patience = new CancellationTokenSource(_stopTime))
        {
            _app.StopAsync(patience.Token).GetAwaiter().GetResult();
        }

        _app.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private static void AddLog(WebApplicationBuilder builder, ILoggerFactory log, bool isOurs)
    {
        if (isOurs)
        {
            builder.Services.AddSingleton(_ => log);
        }
        else
        {
            builder.Services.AddSingleton(log);
        }
    }

    private static void Listen(WebApplicationBuilder builder, PortalOptions options, ListenAddress listen)
    {
        HttpsConnectionAdapterOptions? https = listen.IsHttps ? PortalCheck.HttpsOf(options) : null;
        builder.WebHost.UseKestrelCore();
        if (https != null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            Limit(kestrel);
            kestrel.Listen(listen.Address, listen.Port, endpoint =>
            {
                if (https != null)
                {
                    endpoint.UseHttps(https);
                }
            });
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = _stopTime);
    }

    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = PortalLimits.MaxBodyBytes;
        kestrel.Limits.MaxRequestLineSize = PortalLimits.MaxRequestLineBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = PortalLimits.MaxHeaderBytes;
        kestrel.Limits.MaxConcurrentConnections = PortalLimits.MaxConnections;
    }
}
