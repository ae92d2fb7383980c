using System.Diagnostics;
using System.Text.Json.Nodes;

namespace GatewayAgent.Tests.Page;

/// <summary>
/// A browser and the portals that it looks at. The flows run in a Node.js process (driver.mjs), to which requests and from which answers
/// go as lines of JSON; a flow may in turn ask this side to change what a portal serves.
/// </summary>
public sealed class BrowserSession : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    private readonly ServedPages? _pages;
    private readonly Process? _driver;

    public BrowserSession()
    {
        if (Browser.Missing != null)
        {
            return;
        }

        _pages = new ServedPages();
        try
        {
            _driver = Process.Start(new ProcessStartInfo("node", [Path.Combine(BrowserFlows.Folder, "driver.mjs"), ModulesFolder, Browser.Chromium])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!;
        }
        catch
        {
            _pages.Dispose();
            throw;
        }
    }

    private static string ModulesFolder => Path.Combine(SharedData.RepositoryRoot, "tools", "tests", "obj", "page", "node_modules");

    /// <summary>What went wrong in a flow; null = nothing.</summary>
    public string? Run(string file, string flow)
    {
        Tell(new JsonObject { ["run"] = flow, ["file"] = file, ["urls"] = _pages!.Urls() });
        while (true)
        {
            JsonNode message = Hear();
            if (message["ask"] is { } question)
            {
                Tell(new JsonObject { ["answer"] = _pages.Answer(question.GetValue<string>(), message["with"]) });
            }
            else
            {
                return message["problem"]?.GetValue<string>();
            }
        }
    }

    public void Dispose()
    {
        if (_driver != null)
        {
            _driver.StandardInput.Close();
            if (!_driver.WaitForExit(TimeSpan.FromSeconds(10)))
            {
                _driver.Kill(entireProcessTree: true);
            }

            _driver.Dispose();
        }

        _pages?.Dispose();
    }

    private void Tell(JsonObject message)
    {
        _driver!.StandardInput.WriteLine(message.ToJsonString());
        _driver.StandardInput.Flush();
    }

    private JsonNode Hear()
    {
        Task<string?> line = _driver!.StandardOutput.ReadLineAsync();
        if (!line.Wait(_patience))
        {
            _driver.Kill(entireProcessTree: true);
            throw new TimeoutException("the browser has not answered");
        }

        return JsonNode.Parse(line.Result ?? throw new InvalidOperationException("the driver of the browser has ended; it says why above"))!;
    }
}
