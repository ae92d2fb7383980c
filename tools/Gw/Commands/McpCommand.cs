using System.CommandLine;
using GatewayAgent.Collector.Store;
using GatewayAgent.Portal;
using GatewayAgent.Portal.Access;
using GatewayAgent.Portal.Mcp;

namespace GatewayAgent.Gw.Commands;

/// <summary><c>mcp</c>: what is known of homes, as tools of an AI assistant.</summary>
internal static class McpCommand
{
    private const int MaxTokenLength = 256;

    public static Command Create()
    {
        var url = new Option<string?>("--url") { Description = "Portal of a collector, as http://127.0.0.1:8080", HelpName = "URL" };
        var tokenFile = new Option<string?>("--token-file") { Description = "File of the token that ./gw token printed", HelpName = "FILE" };
        var database = new Option<string?>("--store", "--db") { Description = "Store of a collector, file or postgres://…, instead of its portal", HelpName = "STORE" };
        var command = new GwCommand("mcp", "Serves what is known of homes to an AI assistant, as tools of the Model Context Protocol.")
        {
            Details = "Speaks the protocol over standard input and output until the input ends. The tools only read: get_fleet, list_homes, "
                + "get_home_evidence, explain_index, compare_before_after and search_events; their answers are those of the portal's API.",
            Examples = ["./gw mcp --url http://127.0.0.1:8080", "./gw mcp --url https://portal.example.net --token-file secret", "./gw mcp --store fleet.db"],
        };
        command.Add(url);
        command.Add(tokenFile);
        command.Add(database);
        command.SetAction(typed => Run(typed.GetValue(url), typed.GetValue(tokenFile), typed.GetValue(database)));
        return command;
    }

    private static int Run(string? url, string? tokenFile, string? database)
    {
        using var stop = new StopSignal();
        using Stream input = Console.OpenStandardInput();
        using Stream output = Console.OpenStandardOutput();
        Task serving = (url, database) switch
        {
            (null, null) => throw GwException.Usage("name a portal with --url or a store with --store"),
            (not null, not null) => throw GwException.Usage("--url and --store: one of them, not both"),
            (not null, null) => McpHost.Run(input, output, UrlOf(url, tokenFile != null), TokenOf(tokenFile), stop.Token),
            (null, not null) when tokenFile != null => throw GwException.Usage("--token-file: a store asks for no token; it is for --url"),
            (null, not null) => Serve(input, output, database, stop.Token),
        };
        serving.GetAwaiter().GetResult();
        return ExitCode.Ok;
    }

    private static async Task Serve(Stream input, Stream output, string database, CancellationToken cancel)
    {
        using CollectorStore store = CollectorStore.Open(database);
        using var log = PortalLog.Create(isJson: false);
        await McpHost.Run(input, output, store, log, cancel);
    }

    /// <param name="option">Where it was typed, for what is said of it.</param>
    internal static Uri UrlOf(string text, bool hasToken, string option = "--url")
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https"))
        {
            throw GwException.Usage($"{option}: '{text}' is not a URL such as http://127.0.0.1:8080");
        }

        return url.Scheme == "https" || url.IsLoopback || !hasToken
            ? url
            : throw GwException.Usage($"{option}: a token would be sent to {url.Host} for everybody to read. Use https");
    }

    internal static string? TokenOf(string? file)
    {
        if (file == null)
        {
            return null;
        }

        using var reader = new StreamReader(InputFile.Open(file));
        string token = (reader.ReadLine() ?? "").Trim();
        return TokenFile.IsToken(token) && token.Length <= MaxTokenLength
            ? token
            : throw GwException.Usage($"--token-file: {file} does not begin with a token, which begins with {TokenFile.Prefix}");
    }
}
