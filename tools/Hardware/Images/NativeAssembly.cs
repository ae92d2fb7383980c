using System.Globalization;
using System.Text.RegularExpressions;

namespace GatewayAgent.Hardware.Images;

/// <summary>The native half of an assembly, as an image states it.</summary>
public sealed partial record NativeAssembly(string Name, string Version, uint Checksum)
{
    /// <summary>Name of the list in a package of an image, and in a build folder of nf-interpreter.</summary>
    public const string ListName = "native_assemblies.csv";

    /// <summary>Reads the list that nf-interpreter's build leaves: <c>name,version,0xCHECKSUM</c> a line.</summary>
    /// <exception cref="HardwareException">A line is not of that form.</exception>
    public static IReadOnlyList<NativeAssembly> ParseList(string text) =>
    [
        .. text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => ListLine().Match(line) is { Success: true } match
            ? Of(match)
            : throw new HardwareException($"{ListName}: '{line}' is not name,version,0xCHECKSUM")),
    ];

    /// <summary>Reads a line of nanoff's device details, <c>  name v1.0.0.0, checksum 0x12345678</c>; null when it is none.</summary>
    public static NativeAssembly? ParseDetail(string line) => DetailLine().Match(line) is { Success: true } match ? Of(match) : null;

    private static NativeAssembly Of(Match match) =>
        new(match.Groups["name"].Value, match.Groups["version"].Value, uint.Parse(match.Groups["sum"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    [GeneratedRegex("^(?<name>[A-Za-z0-9_.]+),(?<version>[0-9.]+),0x(?<sum>[0-9A-Fa-f]{8})$")]
    private static partial Regex ListLine();

    [GeneratedRegex("^\\s+(?<name>[A-Za-z0-9_.]+) v(?<version>[0-9.]+), checksum 0x(?<sum>[0-9A-Fa-f]{8})\\s*$")]
    private static partial Regex DetailLine();
}
