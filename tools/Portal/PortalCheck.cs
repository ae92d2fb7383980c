using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GatewayAgent.Portal.Access;
using GatewayAgent.Portal.Webhooks;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace GatewayAgent.Portal;

/// <summary>
/// Whether options can be used, one by one, so that whoever took them can say which it is, and before anything begins. Each throws
/// <see cref="PortalException"/> when it cannot.
/// </summary>
public static class PortalCheck
{
    public static void Listen(PortalOptions options) => AddressOf(options);

    public static void Certificate(PortalOptions options)
    {
        bool isHttps = AddressOf(options).IsHttps;
        if (!isHttps && (options.Certificate ?? options.Key) != null)
        {
            throw new PortalException($"{options.Listen} is no https URL, which a certificate is for");
        }

        if (isHttps)
        {
            HttpsOf(options);
        }
    }

    public static void PublicUrl(PortalOptions options) => options.ReadPublicUrl();

    public static void Tokens(PortalOptions options)
    {
        if (options.TokenFile != null)
        {
            TokenSet.Load(options.TokenFile);
        }
    }

    public static void Webhooks(PortalOptions options)
    {
        if (options.WebhookFile != null)
        {
            WebhookCheck.Check(ConfigJson.Read<WebhookList>(options.WebhookFile));
        }
    }

    internal static ListenAddress AddressOf(PortalOptions options)
    {
        ListenAddress listen = ListenAddress.Parse(options.Listen);
        return options.TokenFile != null || listen.IsLoopback
            ? listen
            : throw new PortalException(
                $"cannot listen at {options.Listen} without tokens: everybody who reaches it would see every home. "
                + "Make a token with gw token and name its file, or listen at 127.0.0.1");
    }

    // With the certificates between it and its root, which the file holds too: clients know the root only.
    internal static HttpsConnectionAdapterOptions HttpsOf(PortalOptions options)
    {
        if (options.Certificate == null || options.Key == null)
        {
            throw new PortalException($"{options.Listen} needs a certificate and its key");
        }

        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(options.Certificate);
            return new HttpsConnectionAdapterOptions
            {
                ServerCertificate = X509Certificate2.CreateFromPemFile(options.Certificate, options.Key),
                ServerCertificateChain = chain,
            };
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new PortalException($"{options.Certificate}: {e.Message}", e);
        }
    }
}
