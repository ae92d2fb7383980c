using System.CommandLine;
using System.Text.RegularExpressions;
using GatewayAgent.Gw.Commands;

namespace GatewayAgent.Tests.Gw;

/// <summary>Every <c>./gw</c> that a page names is a command that there is, with options that it has.</summary>
public sealed partial class DocumentedCommandTests
{
    private static readonly ParserConfiguration _parser = new() { ResponseFileTokenReplacer = null };

    public static TheoryData<string> Pages => [.. Directory.EnumerateFiles(SharedData.RepositoryRoot, "*.md", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(SharedData.RepositoryRoot, file))
        .Where(file => !file.Split('/').Any(folder => folder is "artifacts" or "bin" or "obj" or "node_modules"))
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void What_a_page_tells_to_type_is_there(string page)
    {
        string text = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, page)).Replace("\\\n", " ", StringComparison.Ordinal);

        Assert.All(Typed().Matches(text).Select(typed => typed.Groups["arguments"].Value), typed => Assert.Null(Unknown(typed)));
    }

    [Theory]
    [InlineData("flash --simulat x", "--simulat")]
    [InlineData("fly", "fly")]
    [InlineData("doctor h17/attic --broker HOST:1883 --json", null)]
    public void An_option_or_command_that_is_not_there_is_noticed(string typed, string? unknown) => Assert.Equal(unknown, Unknown(typed));

    private static string? Unknown(string typed) => CommandTree.Create().Parse(
        [.. Words().Matches(typed).Select(word => word.Value.Trim('\'', '"', '[', ']')).Where(word => word is not ("…" or "..."))], _parser).UnmatchedTokens.FirstOrDefault();

    // In code only: up to what a shell takes for its own, or to the end of the code.
    [GeneratedRegex(@"\./gw (?<arguments>[a-z][^`\n|>#&;]*)")]
    private static partial Regex Typed();

    [GeneratedRegex("""'[^']*'|"[^"]*"|[^\s'"]+""")]
    private static partial Regex Words();
}
