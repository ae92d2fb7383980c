using System.Text.RegularExpressions;
using GatewayAgent.Hardware.Images;

namespace GatewayAgent.Hardware.Tools;

/// <summary>What a running nanoCLR says of itself, as <c>nanoff --nanodevice --devicedetails</c> prints it.</summary>
/// <param name="Target">Name of its image.</param>
/// <param name="Version">Of the runtime, four numbers.</param>
/// <param name="Assemblies">What it has loaded, name to version.</param>
/// <param name="Natives">Native halves it has.</param>
public sealed partial record RuntimeDetails(
    string Target,
    string Version,
    IReadOnlyDictionary<string, string> Assemblies,
    IReadOnlyList<NativeAssembly> Natives)
{
    /// <summary>Null when no runtime told of itself.</summary>
    public static RuntimeDetails? FromNanoff(IReadOnlyList<string> lines)
    {
        string? target = Value(lines, Targets()), version = Value(lines, Versions());
        return target == null || version == null ? null : new RuntimeDetails(
            target,
            version,
            Section(lines, "Assemblies:").Select(line => Loaded().Match(line)).Where(match => match.Success)
                .DistinctBy(match => match.Groups["name"].Value)
                .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["version"].Value),
            [.. Section(lines, "Native Assemblies:").Select(NativeAssembly.ParseDetail).OfType<NativeAssembly>()]);
    }

    private static string? Value(IReadOnlyList<string> lines, Regex form) =>
        lines.Select(line => form.Match(line)).FirstOrDefault(match => match.Success)?.Groups["value"].Value;

    private static IEnumerable<string> Section(IReadOnlyList<string> lines, string title) =>
        lines.SkipWhile(line => line.TrimEnd() != title).Skip(1).TakeWhile(line => line.StartsWith(' '));

    [GeneratedRegex(@"^\s+Target:\s+(?<value>\S+)")]
    private static partial Regex Targets();

    [GeneratedRegex(@"^\s+CLR Version:\s+v?(?<value>[0-9.]+)")]
    private static partial Regex Versions();

    [GeneratedRegex(@"^\s+(?<name>[A-Za-z0-9_.]+), (?<version>[0-9.]+)\s*$")]
    private static partial Regex Loaded();
}
