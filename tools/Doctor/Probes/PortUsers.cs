using System.Globalization;

namespace GatewayAgent.Doctor.Probes;

/// <summary>Who has a serial port open: a port can be shared without an error, and then each hears half of what the board says.</summary>
internal static class PortUsers
{
    /// <summary>Name and number of a process, such as <c>picocom (process 812)</c>; null when none is seen, also where /proc is not ours to read.</summary>
    public static string? Find(string port)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(port))
        {
            return null;
        }

        string real = Real(port);
        return Directory.EnumerateDirectories("/proc")
            .Where(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out _) && HasOpen(folder, real))
            .Select(folder => $"{NameOf(folder)} (process {Path.GetFileName(folder)})")
            .FirstOrDefault();
    }

    private static string Real(string port) => File.ResolveLinkTarget(port, returnFinalTarget: true)?.FullName ?? port;

    private static bool HasOpen(string process, string port)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(Path.Combine(process, "fd")).Any(link => new FileInfo(link).LinkTarget == port);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string NameOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "comm")).Trim();
        }
        catch (IOException)
        {
            return "a program";
        }
    }
}
