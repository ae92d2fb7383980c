using System.Globalization;
using System.Text.RegularExpressions;

namespace GatewayAgent.Hardware.Tools;

/// <summary>What a chip says of itself to its boot loader, as <c>nanoff --platform esp32 --devicedetails</c> or <c>esptool flash_id</c> prints it.</summary>
/// <param name="ChipType">ESP32, ESP32-S3, …</param>
/// <param name="ChipName">With its package, such as ESP32-D0WD-V3; empty when it was not told.</param>
/// <param name="Revision">"3.1"; null when it was not told.</param>
/// <param name="FlashMegabytes">0 when it was not told.</param>
/// <param name="PsramMegabytes">Null = undetermined, 0 = none.</param>
/// <param name="Mac">Twelve hexadecimal digits in capitals, no separators; empty when it was not told.</param>
public sealed partial record DeviceDetails(string ChipType, string ChipName, string? Revision, int FlashMegabytes, int? PsramMegabytes, string Mac)
{
    /// <summary>Chips of the family whose name begins with that of another stand first.</summary>
    private static readonly string[] _types =
        ["ESP32-S3", "ESP32-S2", "ESP32-C61", "ESP32-C6", "ESP32-C5", "ESP32-C3", "ESP32-C2", "ESP32-H2", "ESP32-P4", "ESP32"];

    /// <summary>Reads what nanoff prints after <c>Connected to:</c>; null when it told of no chip.</summary>
    public static DeviceDetails? FromNanoff(IReadOnlyList<string> lines)
    {
        int at = lines.ToList().FindIndex(line => line.StartsWith("Connected to:", StringComparison.Ordinal));
        Match? chip = at < 0 ? null : lines.Skip(at + 1).Select(line => NanoffChip().Match(line)).FirstOrDefault(match => match.Success);
        return chip == null ? null : new DeviceDetails(
            chip.Groups["type"].Value,
            chip.Groups["name"].Value,
            Revisions().Match(chip.Value) is { Success: true } revision ? revision.Groups["revision"].Value : null,
            Number(lines, NanoffFlash()) ?? 0,
            Psram(lines),
            Mac12(lines));
    }

    /// <summary>Reads what esptool prints, versions 4 and 5; null when it told of no chip.</summary>
    public static DeviceDetails? FromEsptool(IReadOnlyList<string> lines)
    {
        Match? chip = lines.Select(line => EsptoolChip().Match(line)).FirstOrDefault(match => match.Success);
        return chip == null ? null : new DeviceDetails(
            TypeOf(chip.Groups["name"].Value),
            chip.Groups["name"].Value,
            Revisions().Match(chip.Value) is { Success: true } revision ? revision.Groups["revision"].Value : null,
            Number(lines, EsptoolFlash()) ?? 0,
            null,
            Mac12(lines));
    }

    /// <summary>Whether the chip's revision is at least this one; true when it was not told.</summary>
    public bool IsAtLeast(string revision) => Revision == null || Version.Parse(Revision) >= Version.Parse(revision);

    public override string ToString() =>
        $"{ChipType}{(ChipName.Length == 0 || ChipName == ChipType ? "" : $" ({ChipName})")}{(Revision == null ? "" : $" revision {Revision}")}, "
        + $"{(FlashMegabytes == 0 ? "flash unknown" : $"{FlashMegabytes} MB of flash")}, "
        + (PsramMegabytes switch { null => "PSRAM undetermined", 0 => "no PSRAM", { } size => $"{size} MB of PSRAM" });

    private static string TypeOf(string name) => _types.FirstOrDefault(type => name.StartsWith(type, StringComparison.Ordinal)) is { } known
        // ESP8685 and the like are packages of another name.
        ? known
        : name.StartsWith("ESP868", StringComparison.Ordinal) ? "ESP32-C3" : name;

    private static int? Psram(IReadOnlyList<string> lines) =>
        lines.Any(line => line.StartsWith("PSRAM: not available", StringComparison.Ordinal)) ? 0 : Number(lines, NanoffPsram());

    private static int? Number(IReadOnlyList<string> lines, Regex form) =>
        lines.Select(line => form.Match(line)).FirstOrDefault(match => match.Success) is { } match
            ? int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture)
            : null;

    private static string Mac12(IReadOnlyList<string> lines) =>
        lines.Select(line => Macs().Match(line)).FirstOrDefault(match => match.Success)?.Groups["mac"].Value
            .Replace(":", "", StringComparison.Ordinal).ToUpperInvariant() ?? "";

    [GeneratedRegex(@"^(?<type>ESP32(-[A-Z0-9]+)?)( \((?<name>.+?)( \(revision v[0-9.]+\))?\))?\s*$")]
    private static partial Regex NanoffChip();

    [GeneratedRegex(@"^(Chip is|Chip type:)\s+(?<name>[^(]+?)\s*(\(.*)?$")]
    private static partial Regex EsptoolChip();

    [GeneratedRegex(@"revision v(?<revision>[0-9]+\.[0-9]+)")]
    private static partial Regex Revisions();

    [GeneratedRegex(@"^Flash size (?<number>[0-9]+)MB")]
    private static partial Regex NanoffFlash();

    [GeneratedRegex(@"^Detected flash size: (?<number>[0-9]+)MB")]
    private static partial Regex EsptoolFlash();

    [GeneratedRegex(@"^PSRAM: (?<number>[0-9]+)MB")]
    private static partial Regex NanoffPsram();

    [GeneratedRegex(@"^(MAC|BASE MAC):?\s+(?<mac>([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2})\b")]
    private static partial Regex Macs();
}
