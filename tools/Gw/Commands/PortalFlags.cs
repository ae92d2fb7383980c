using System.CommandLine;
using GatewayAgent.Portal;

namespace GatewayAgent.Gw.Commands;

/// <summary>Where the faces of a collector are served, and to whom.</summary>
internal sealed class PortalFlags
{
    private readonly Option<string?> _listen = new("--listen")
    {
        Description = "Serves page, API, metrics and webhooks there, as http://127.0.0.1:8080 [default: nothing is served]",
        HelpName = "URL",
    };

    private readonly Option<string?> _tokens = new("--tokens") { Description = "Who may see what; needed beyond loopback. See ./gw token --help", HelpName = "FILE" };
    private readonly Option<string?> _webhooks = new("--webhooks") { Description = "Whom to tell of events and of homes that get worse", HelpName = "FILE" };
    private readonly Option<string?> _publicUrl = new("--public-url") { Description = "The URL that people use, when a proxy stands in front", HelpName = "URL" };
    private readonly Option<string?> _certificate = new("--https-cert") { Description = "Certificate of an https URL, PEM", HelpName = "FILE" };
    private readonly Option<string?> _key = new("--https-key") { Description = "Its key, PEM without a pass-phrase", HelpName = "FILE" };
    private readonly Option<bool> _openProbes = new("--open-probes") { Description = "Answers /metrics and /health without a token" };

    public IReadOnlyList<Option> All => [_listen, _tokens, _webhooks, _publicUrl, _certificate, _key, _openProbes];

    /// <summary>Null when nothing is to be served.</summary>
    /// <exception cref="GwException">Something about serving is asked for without an address, or cannot be used.</exception>
    public PortalOptions? Read(ParseResult typed, bool isJsonLog)
    {
        if (typed.GetValue(_listen) is not { } listen)
        {
            Option? lonely = All.FirstOrDefault(option => typed.GetResult(option) is { Implicit: false });
            return lonely == null ? null : throw GwException.Usage($"{lonely.Name}: nothing is served without --listen");
        }

        var options = new PortalOptions
        {
            Listen = listen,
            TokenFile = typed.GetValue(_tokens),
            WebhookFile = typed.GetValue(_webhooks),
            PublicUrl = typed.GetValue(_publicUrl),
            Certificate = typed.GetValue(_certificate),
            Key = typed.GetValue(_key),
            OpenProbes = typed.GetValue(_openProbes),
            JsonLog = isJsonLog,
        };
        Check(_listen, PortalCheck.Listen, options);
        Check(_certificate, PortalCheck.Certificate, options);
        Check(_publicUrl, PortalCheck.PublicUrl, options);
        Check(_tokens, PortalCheck.Tokens, options);
        Check(_webhooks, PortalCheck.Webhooks, options);
        return options;
    }

    // Before the collector begins, which would have to be ended again.
    private static void Check(Option flag, Action<PortalOptions> check, PortalOptions options)
    {
        try
        {
            check(options);
        }
        catch (PortalException e)
        {
            throw GwException.Usage($"{flag.Name}: {e.Message}");
        }
    }
}
