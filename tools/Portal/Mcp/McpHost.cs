using GatewayAgent.Collector.Store;
using GatewayAgent.Portal.Access;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GatewayAgent.Portal.Mcp;

/// <summary>A server of the Model Context Protocol over a pair of streams: standard input and output, as a rule.</summary>
public static class McpHost
{
    private const string Name = "gateway-agent";

    private const string Instructions =
        "Wi-Fi of homes: how stable it is, what is wrong and how that is known. A field that is absent is unknown, never good or 0. "
        + "For one home begin with get_home_evidence; for a fleet with get_fleet and list_homes. Quote figures with their age and source.";

    /// <summary>Serves the documents of a portal until the input ends.</summary>
    /// <param name="token">Null = the portal asks for none.</param>
    public static async Task Run(Stream input, Stream output, Uri portal, string? token, CancellationToken cancel)
    {
        using var client = new PortalClient(portal, token);
        var options = new McpServerOptions
        {
            ServerInfo = new Implementation { Name = Name, Version = "1" },
            ServerInstructions = Instructions,
            ToolCollection = [.. new PortalTools(client).All],
        };
        await using var transport = new StreamServerTransport(input, output, Name, NullLoggerFactory.Instance);
        await using McpServer server = McpServer.Create(transport, options, NullLoggerFactory.Instance);
        await server.RunAsync(cancel);
    }

    /// <summary>As <see cref="Run(Stream, Stream, Uri, string?, CancellationToken)"/>, over a store: behind a portal of its own that nobody else has the token of.</summary>
    public static async Task Run(Stream input, Stream output, IStoreReader store, ILoggerFactory log, CancellationToken cancel)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("gw-mcp-");
        try
        {
            string tokens = Path.Combine(folder.FullName, "tokens.json");
            string token = TokenFile.Add(tokens, "mcp", Access.Role.Care, ["*"]);
            using PortalHost portal = PortalHost.Start(new PortalOptions { TokenFile = tokens }, store, null, log);
            await Run(input, output, portal.Url, token, cancel);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
