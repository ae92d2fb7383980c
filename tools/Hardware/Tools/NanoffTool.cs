using System.Globalization;

namespace GatewayAgent.Hardware.Tools;

/// <summary>
/// nanoff, nanoFramework's own flasher, as it is: which options make it do what. All is in the commands; nothing here talks to a board.
/// </summary>
/// <remarks>
/// What its sources (baccab8) say and its help does not, and the commands keep to:
/// a deployment without an address, or together with an update, goes to 0x1B0000, which is amid the runtime on an ESP32;
/// an update at normal verbosity moves the cursor, and fails where output is no terminal; a backup without a file name gets slashes in
/// it; a file that could not be deployed is told, and the exit code is 0; an update that does not erase reads the partition of settings and
/// files into a temporary file that everybody may read, writes it back over itself, and leaves the file when that fails. It writes nothing
/// else there, so it is told to leave it alone.
/// </remarks>
/// <param name="program">Name or path.</param>
/// <param name="baud">Speed of transfers to and from the boot loader; null = nanoff's own, 1500000.</param>
public sealed class NanoffTool(string program, int? baud = null)
{
    private const string Name = "nanoff";

    public const string HowToInstall = "nanoff is not installed: dotnet tool install -g nanoff (and put ~/.dotnet/tools on the PATH)";

    public string Program { get; } = program;

    private string[] Speed { get; } = baud == null ? [] : ["--baud", baud.Value.ToString(CultureInfo.InvariantCulture)];

    /// <summary>The one that is installed; null = none.</summary>
    public static NanoffTool? Find(int? baud = null)
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return ToolProcess.Find(Name, Path.Combine(home, ".dotnet", "tools")) is { } path ? new NanoffTool(path, baud) : null;
    }

    /// <summary>As it is typed, where none is installed.</summary>
    public static NanoffTool Named(int? baud = null) => new(Name, baud);

    /// <summary>The chip, from its boot loader. Resets the board.</summary>
    public ToolCommand ChipDetails(string port) => Command(["--platform", "esp32", "--serialport", port, .. Speed, "--devicedetails"]);

    /// <summary>The runtime and what it has loaded, from a board that runs nanoFramework.</summary>
    public ToolCommand RuntimeDetails(string port) => Command("--nanodevice", "--serialport", port, "--devicedetails");

    /// <summary>Fetches an image's package into a folder, without a board.</summary>
    public ToolCommand Fetch(string target, string? version, string archive) =>
        Command(["--updatearchive", "--target", target, .. Version(version), "--archivepath", archive]);

    /// <summary>Reads the whole flash into a file.</summary>
    public ToolCommand Backup(string port, string folder, string file) =>
        Command(["--platform", "esp32", "--serialport", port, .. Speed, "--devicedetails", "--backuppath", folder, "--backupfile", file]);

    /// <summary>Writes boot loader, partition table and runtime of a package that <see cref="Fetch"/> brought.</summary>
    /// <param name="version">Null = the newest that was fetched.</param>
    /// <param name="runtime">An own nanoCLR.bin instead of the package's; null = the package's.</param>
    /// <param name="erase">All of the flash before.</param>
    public ToolCommand Update(string port, string target, string? version, string archive, string? runtime, bool erase) => Command(
    [
        "--update", "--target", target, "--serialport", port, .. Speed, .. Version(version), "--fromarchive", "--archivepath", archive,
        .. runtime == null ? [] : new[] { "--clrfile", runtime },
        erase ? "--masserase" : "--nobackupconfig",
        "-v", "m",
    ]);

    /// <summary>Writes an image at an address, and compares check sums.</summary>
    public ToolCommand Deploy(string port, string target, string image, uint address) =>
        Command(["--target", target, "--serialport", port, .. Speed, "--deploy", "--image", image, "--address", $"0x{address:X}"]);

    /// <summary>Puts files on a board that runs nanoFramework; names in the list are relative to its folder.</summary>
    public ToolCommand DeployFiles(string port, string list) =>
        Command("--serialport", port, "--filedeployment", Path.GetFileName(list)) with { Folder = Path.GetDirectoryName(Path.GetFullPath(list)) };

    /// <summary>Puts network settings and certificates on a board that runs nanoFramework.</summary>
    public ToolCommand DeployNetwork(string port, string settings) =>
        Command("--serialport", port, "--networkdeployment", Path.GetFileName(settings)) with { Folder = Path.GetDirectoryName(Path.GetFullPath(settings)) };

    /// <summary>Files that nanoff said it could not put on the board, though it ended well.</summary>
    public static IReadOnlyList<string> FailedFiles(ToolResult result) =>
        [.. result.Lines.Where(line => line.StartsWith("Error deploying content file", StringComparison.Ordinal) || line.StartsWith("Exception deploying content file", StringComparison.Ordinal))];

    private static string[] Version(string? version) => version == null ? [] : ["--fwversion", version];

    // Its look for a newer version of itself would ask the network each time.
    private ToolCommand Command(params string[] arguments) => new(Program, [.. arguments, "--suppressnanoffversioncheck"]);
}
