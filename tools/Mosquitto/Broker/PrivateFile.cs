namespace GatewayAgent.Mosquitto;

/// <summary>Files with secrets.</summary>
public static class PrivateFile
{
    /// <summary>Writes a file that is its owner's alone from its first byte on (Unix mode 600).</summary>
    /// <returns>The path.</returns>
    /// <exception cref="IOException">It exists, or cannot be written.</exception>
    public static string Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(path, options);
        writer.Write(text);
        return path;
    }
}
