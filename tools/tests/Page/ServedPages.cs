using System.Text.Json.Nodes;
using GatewayAgent.Portal;
using GatewayAgent.Portal.Access;
using Microsoft.Extensions.Logging.Abstractions;

namespace GatewayAgent.Tests.Page;

/// <summary>Portals on free ports: of a large fleet, of none, and of a fleet behind tokens.</summary>
internal sealed class ServedPages : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("page tests ");
    private readonly FixtureFleet _fleet = new(100_000);
    private readonly FixtureFleet _none = new(0);
    private readonly List<PortalHost> _hosts = [];
    private readonly string _token;
    private readonly string _viewerToken;

    public ServedPages()
    {
        string tokens = Path.Combine(_folder.FullName, "tokens.json");
        _token = TokenFile.Add(tokens, "care", Role.Care, ["*"]);
        _viewerToken = TokenFile.Add(tokens, "viewer", Role.Viewer, ["*"]);
        try
        {
            _hosts.AddRange([Serve(_fleet, null), Serve(_none, null), Serve(_fleet, tokens)]);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public JsonObject Urls() => new()
    {
        ["fleet"] = $"{_hosts[0].Url}",
        ["none"] = $"{_hosts[1].Url}",
        ["locked"] = $"{_hosts[2].Url}",
        ["token"] = _token,
        ["viewerToken"] = _viewerToken,
    };

    /// <summary>Does what a flow asks for.</summary>
    public JsonNode? Answer(string question, JsonNode? with)
    {
        switch (question)
        {
            case "assess":
                _fleet.Assess(with!["home"]!.GetValue<string>(), with["index"]!.GetValue<double>());
                return null;
            case "notice":
                _fleet.Notice(with!["home"]!.GetValue<string>(), with["node"]!.GetValue<string>());
                return null;
            default:
                throw new ArgumentException($"nobody knows how to {question}", nameof(question));
        }
    }

    public void Dispose()
    {
        _hosts.ForEach(host => host.Dispose());
        _folder.Delete(recursive: true);
    }

    private static PortalHost Serve(FixtureFleet fleet, string? tokens) => PortalHost.Start(
        new PortalOptions { TokenFile = tokens, PollInterval = TimeSpan.FromMilliseconds(50) }, fleet, log: NullLoggerFactory.Instance);
}
