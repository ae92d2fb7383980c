using GatewayAgent.Portal.Access;
using GatewayAgent.Tests.Gw;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Role = GatewayAgent.Portal.Access.Role;

namespace GatewayAgent.Tests.Portal;

/// <summary><c>gw token</c> and <c>gw mcp</c> as people and assistants run them.</summary>
public sealed class TokenCommandTests : GwFolder
{
    [Fact]
    public void A_token_is_shown_once_and_only_its_hash_is_kept()
    {
        string file = FileIn("tokens.json");

        GwResult made = GwProcess.Run("token", "acme-care", "--tokens", file, "--role", "care", "--homes", "acme-", "--expires", "2199-01-31");
        Grant? grant = TokenSet.Load(file).Find(TokenSet.HashOf(made.Out.Trim()), new DateTimeOffset(2199, 1, 31, 23, 0, 0, TimeSpan.Zero));
        Grant? later = TokenSet.Load(file).Find(TokenSet.HashOf(made.Out.Trim()), new DateTimeOffset(2199, 2, 1, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(0, made.ExitCode);
        Assert.Matches("^gwt_[0-9a-f]{64}\n$", made.Out);
        Assert.DoesNotContain(made.Out.Trim(), File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Equal(("acme-care", Role.Care, "acme-"), (grant!.Name, grant.Role, Assert.Single(grant.Homes!)));
        Assert.Null(later);
    }

    [Theory]
    [InlineData("token", "a b", "--homes", "*", "'a b' is no name")]
    [InlineData("token", "x", "--homes", "a/b", "'a/b'")]
    [InlineData("token", "x", "--role", "root", "root")]
    [InlineData("token", "x", "--expires", "tomorrow", "'tomorrow'")]
    [InlineData("mcp", "--url", "ftp://x", "", "'ftp://x'")]
    [InlineData("mcp", "--url", "http://x", "--db", "not both")]
    [InlineData("mcp", "", "", "", "--url")]
    public void What_cannot_be_used_is_said_in_a_line(string command, string first, string second, string third, string reason)
    {
        string[] rest = command == "token" ? ["--tokens", FileIn("tokens.json"), .. second == "--homes" ? [] : new[] { "--homes", "*" }] : third == "--db" ? ["x.db"] : [];

        GwResult result = GwProcess.Run([command, .. new[] { first, second, third }.Where(word => word.Length > 0), .. rest]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Out);
        Assert.False(File.Exists(FileIn("tokens.json")));
    }

    [Fact]
    public void A_token_is_not_sent_in_the_clear_and_a_file_of_hashes_is_none()
    {
        string token = Written("token", System.Text.Encoding.ASCII.GetBytes("gwt_00\n"));
        string hashes = Written("hashes", System.Text.Encoding.ASCII.GetBytes("{ \"tokens\": [] }"));

        Assert.Contains("Use https", GwProcess.Run("mcp", "--url", "http://portal.example.net", "--token-file", token).Error, StringComparison.Ordinal);
        Assert.Contains("does not begin with a token", GwProcess.Run("mcp", "--url", "http://127.0.0.1:1", "--token-file", hashes).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_assistant_starts_it_and_asks_over_standard_input_and_output()
    {
        using var portal = PortalFixture.WithTokens();
        string token = Written("token", System.Text.Encoding.ASCII.GetBytes(portal.Token("assistant", Role.Care, "acme-") + "\n"));
        portal.Clock.Advance(TimeSpan.FromSeconds(3));
        var transport = new StdioClientTransport(new StdioClientTransportOptions
        {
            Command = "dotnet",
            Arguments = [Path.Combine(AppContext.BaseDirectory, "Gw.dll"), "mcp", "--url", portal.Url.ToString(), "--token-file", token],
        });
        await using McpClient client = await McpClient.CreateAsync(transport);

        CallToolResult result = await client.CallToolAsync("get_home_evidence", new Dictionary<string, object?> { ["home"] = "acme-1" });

        Assert.Equal(6, (await client.ListToolsAsync()).Count);
        Assert.Contains("gateway-agent/evidence/1", ((TextContentBlock)result.Content[0]).Text, StringComparison.Ordinal);
    }
}
