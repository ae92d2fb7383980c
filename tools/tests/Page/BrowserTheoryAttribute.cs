namespace GatewayAgent.Tests.Page;

/// <summary>A test in a real browser; skipped, and counted as such, where Chromium or Node.js is not installed.</summary>
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = Browser.Missing;
}

/// <summary>The programs that a test in a browser needs.</summary>
internal static class Browser
{
    public const string Chromium = "/usr/bin/chromium";

    /// <summary>Null when all is there.</summary>
    public static string? Missing { get; } = File.Exists(Chromium) && IsInPath("node") ? null : "the Debian packages chromium and nodejs are not installed";

    private static bool IsInPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));
}
