namespace GatewayAgent.Tests.Gw;

/// <summary>
/// Help as it is read, in <c>Expectations</c>. After a change on purpose, write it again and review the difference:
/// <c>./gw replay --help > tools/tests/Gw/Expectations/replay.txt</c>
/// </summary>
public sealed class HelpTests
{
    [Theory]
    [InlineData("gw")]
    [InlineData("demo")]
    [InlineData("replay")]
    [InlineData("survey")]
    [InlineData("collect")]
    [InlineData("token")]
    [InlineData("mcp")]
    [InlineData("fleet")]
    [InlineData("provision")]
    [InlineData("provision node")]
    [InlineData("provision batch")]
    [InlineData("provision import")]
    [InlineData("provision revoke")]
    [InlineData("provision broker")]
    [InlineData("provision wifi")]
    [InlineData("flash")]
    [InlineData("doctor")]
    [InlineData("monitor")]
    [InlineData("factory")]
    [InlineData("config")]
    [InlineData("command")]
    [InlineData("export")]
    [InlineData("decode")]
    [InlineData("test")]
    public void Help_is_what_was_reviewed(string page)
    {
        string expected = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "tools/tests/Gw/Expectations", $"{page.Replace(' ', '-')}.txt"));

        GwResult help = page == "gw" ? GwProcess.Run("--help") : GwProcess.Run([.. page.Split(' '), "--help"]);

        Assert.Equal(expected, help.Out);
        Assert.Equal(0, help.ExitCode);
    }

    [Fact]
    public void Without_a_command_help_is_shown() => Assert.Equal(GwProcess.Run("--help"), GwProcess.Run());
}
