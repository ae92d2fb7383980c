using System.Diagnostics;

namespace GatewayAgent.Tests.Portal;

/// <summary>A test with Prometheus' own promtool; skipped, and counted as such, where it is not installed.</summary>
public sealed class PromtoolFactAttribute : FactAttribute
{
    public PromtoolFactAttribute() => Skip = Promtool.IsInstalled ? null : "the Debian package prometheus, which has promtool, is not installed";
}

internal static class Promtool
{
    public static bool IsInstalled { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "promtool")));

    /// <summary>Exit code and all that it said.</summary>
    public static async Task<(int ExitCode, string Said)> Run(string input, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("promtool", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> said = process.StandardOutput.ReadToEndAsync();
        Task<string> complained = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        string text = await said + await complained;
        await process.WaitForExitAsync();
        return (process.ExitCode, text);
    }
}
