namespace GatewayAgent.Mosquitto;

/// <summary>Finds programs in PATH and in the folders of system programs, which PATH of a plain user lacks on Debian.</summary>
internal static class Executables
{
    private static readonly string[] _systemFolders = ["/usr/sbin", "/usr/local/sbin", "/sbin"];

    public static string? Find(string name)
    {
        string[] path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return path.Concat(_systemFolders).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }
}
