using System.Text.RegularExpressions;

namespace GatewayAgent.SurfaceCheck.Api;

/// <summary>A line of a list: <c>Owner :: Declaration</c>. The owner is a type's full name, nested types with a dot.</summary>
internal sealed record ApiLine(string Owner, string Declaration);

/// <summary>One list: every public and protected member of one device assembly.</summary>
internal sealed partial class ApiList
{
    private const string Separator = " :: ";

    private ApiList(string package, string version, string assembly, IReadOnlyList<ApiLine> lines)
    {
        Package = package;
        Version = version;
        Assembly = assembly;
        Lines = lines;
    }

    public string Package { get; }

    public string Version { get; }

    public string Assembly { get; }

    public IReadOnlyList<ApiLine> Lines { get; }

    /// <exception cref="InvalidDataException">The file is not such a list.</exception>
    public static ApiList Read(string path)
    {
        string[] text = File.ReadAllLines(path);
        Match header = Header().Match(text.FirstOrDefault() ?? "");
        if (!header.Success)
        {
            throw new InvalidDataException($"{path}: the first line does not name package and assembly");
        }

        var lines = text.Skip(1).Where(line => line.Length > 0).Select(line => ReadLine(path, line)).ToList();
        return new ApiList(header.Groups[1].Value, header.Groups[2].Value, header.Groups[3].Value, lines);
    }

    private static ApiLine ReadLine(string path, string line)
    {
        int at = line.IndexOf(Separator, StringComparison.Ordinal);
        return at > 0
            ? new ApiLine(line[..at], Notes().Replace(line[(at + Separator.Length)..], ""))
            : throw new InvalidDataException($"{path}: not understood: {line}");
    }

    [GeneratedRegex(@"^# package (\S+) (\S+); assembly (\S+) \S+$")]
    private static partial Regex Header();

    // "[Obsolete]" and "[Flags]" at the end of a line; an array type's brackets are empty.
    [GeneratedRegex(@"( \[[A-Za-z, ]+\])+$")]
    private static partial Regex Notes();
}
