namespace GatewayAgent.Gw;

/// <summary>Opens a file that somebody named, and says plainly why it cannot be read.</summary>
internal static class InputFile
{
    /// <exception cref="GwException">It is missing, a folder, or not readable.</exception>
    public static FileStream Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw GwException.Usage($"{path}: a folder, not a file");
        }

        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw GwException.Usage($"{path}: no such file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw GwException.Usage($"{path}: cannot be read ({e.Message})");
        }
    }
}
