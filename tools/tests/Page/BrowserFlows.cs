using System.Text.RegularExpressions;

namespace GatewayAgent.Tests.Page;

/// <summary>The flows that a browser goes through: each is written in a file of <c>flows</c> as <c>flow('sentence', …)</c>.</summary>
internal static partial class BrowserFlows
{
    public static string Folder { get; } = Path.Combine(SharedData.RepositoryRoot, "tools", "tests", "Page");

    /// <summary>File and sentence of each.</summary>
    public static IEnumerable<(string File, string Name)> All() => Directory.GetFiles(Path.Combine(Folder, "flows"), "*.mjs")
        .Order(StringComparer.Ordinal)
        .SelectMany(file => Definition().Matches(File.ReadAllText(file)).Select(match => (Path.GetFileNameWithoutExtension(file), match.Groups[1].Value)));

    [GeneratedRegex(@"^flow\('([^']+)'", RegexOptions.Multiline)]
    private static partial Regex Definition();
}
