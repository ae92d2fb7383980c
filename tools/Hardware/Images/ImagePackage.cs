using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using GatewayAgent.Hardware.Boards;

namespace GatewayAgent.Hardware.Images;

/// <summary>A published image as nanoff fetches it: a zip with boot loader, partition tables, runtime, and the list of its native halves.</summary>
/// <param name="Target">Name of the image.</param>
/// <param name="Version">Four numbers.</param>
/// <param name="Path">Of the zip.</param>
public sealed partial record ImagePackage(string Target, string Version, string Path)
{
    private const string Runtime = "nanoCLR.bin";

    /// <summary>The newest package of a target in a folder that the lock allows.</summary>
    /// <exception cref="HardwareException">There is none.</exception>
    public static ImagePackage Find(string folder, LockedImage image)
    {
        ImagePackage[] all =
        [
            .. Directory.EnumerateFiles(folder, $"{image.Target}-*.zip")
                .Select(file => (File: file, Match: Names().Match(System.IO.Path.GetFileName(file))))
                .Where(one => one.Match.Success && one.Match.Groups["target"].Value == image.Target)
                .Select(one => new ImagePackage(image.Target, one.Match.Groups["version"].Value, one.File))
                .OrderByDescending(package => System.Version.Parse(package.Version)),
        ];
        return all.FirstOrDefault(package => image.Allows(package.Version)) ?? throw new HardwareException(all.Length == 0
            ? $"no package of {image.Target} in {folder}"
            : $"{image.Target} {all[0].Version} is not what hardware/images.lock.json means, {image.Version}: the packages of the agent were made for that");
    }

    /// <summary>What keeps the file from being read; null = nothing.</summary>
    public string? Damage()
    {
        try
        {
            using ZipArchive zip = Open();
            foreach (ZipArchiveEntry entry in zip.Entries)
            {
                Bytes(entry);
            }

            return null;
        }
        catch (HardwareException e)
        {
            return e.Message;
        }
    }

    /// <summary>What keeps this package from going onto this board; empty = nothing.</summary>
    /// <exception cref="HardwareException">It is no whole zip.</exception>
    public IReadOnlyList<string> Problems(Board board, BoardModule module)
    {
        using ZipArchive zip = Open();
        string size = $"{module.FlashMegabytes}mb";
        string table = $"partitions_nanoclr_{size}.csv";
        string[] needed = ["bootloader.bin", Runtime, $"partitions_{size}.bin", table, NativeAssembly.ListName];
        string[] missing = [.. needed.Where(name => zip.GetEntry(name) == null).Select(name => $"{name}: is not in {System.IO.Path.GetFileName(Path)}")];
        return missing.Length > 0
            ? missing
            : [.. Table(Text(zip, table), module), .. RuntimeFile.Problem(Bytes(zip, Runtime), board, module) is { } fault ? [$"{Runtime}: {fault}"] : Array.Empty<string>()];
    }

    /// <summary>The native halves that its runtime has.</summary>
    public IReadOnlyList<NativeAssembly> Natives()
    {
        using ZipArchive zip = Open();
        return NativeAssembly.ParseList(Text(zip, NativeAssembly.ListName));
    }

    private static IEnumerable<string> Table(string text, BoardModule module)
    {
        Dictionary<string, (uint Offset, uint Size)> stated = Rows().Matches(text)
            .DistinctBy(row => row.Groups["name"].Value)
            .ToDictionary(row => row.Groups["name"].Value, row => (Hex(row.Groups["offset"].Value), Hex(row.Groups["size"].Value)));
        foreach (Partition partition in module.Partitions.Table)
        {
            if (!stated.TryGetValue(partition.Name, out (uint Offset, uint Size) own))
            {
                yield return $"partition {partition.Name}: is not in the image's table";
            }
            else if (own != (partition.Offset, partition.Size))
            {
                yield return $"partition {partition.Name}: at 0x{own.Offset:X} with 0x{own.Size:X} bytes in the image, at 0x{partition.Offset:X} with 0x{partition.Size:X} in board.json";
            }
        }
    }

    private static uint Hex(string text) => uint.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private ZipArchive Open()
    {
        try
        {
            return ZipFile.OpenRead(Path);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw NotWhole(e);
        }
    }

    private byte[] Bytes(ZipArchive zip, string name) => Bytes(zip.GetEntry(name)!);

    private byte[] Bytes(ZipArchiveEntry entry)
    {
        try
        {
            using Stream stream = entry.Open();
            var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        }
        catch (InvalidDataException e)
        {
            throw NotWhole(e);
        }
    }

    private string Text(ZipArchive zip, string name) => System.Text.Encoding.UTF8.GetString(Bytes(zip, name));

    private HardwareException NotWhole(Exception e) => new($"{Path}: is no whole zip ({e.Message})");

    [GeneratedRegex(@"^(?<target>.+)-(?<version>[0-9]{1,9}(\.[0-9]{1,9}){3})\.zip$")]
    private static partial Regex Names();

    [GeneratedRegex(@"^\s*(?<name>[a-z_]+)\s*,[^,\n]*,[^,\n]*,\s*0x(?<offset>[0-9A-Fa-f]{1,8})\s*,\s*0x(?<size>[0-9A-Fa-f]{1,8})\b", RegexOptions.Multiline)]
    private static partial Regex Rows();
}
