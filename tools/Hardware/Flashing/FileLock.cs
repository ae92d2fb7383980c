namespace GatewayAgent.Hardware.Flashing;

/// <summary>Held by one program at a time, and given back when it ends, however it does.</summary>
public static class FileLock
{
    private const int PauseMs = 200;

    /// <returns>Null when another one holds it.</returns>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public static IDisposable? TryTake(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e.GetType() == typeof(IOException) && File.Exists(file))
        {
            return null;
        }
    }

    /// <summary>Waits for it.</summary>
    public static IDisposable Take(string file, CancellationToken stop)
    {
        while (true)
        {
            if (TryTake(file) is { } taken)
            {
                return taken;
            }

            stop.WaitHandle.WaitOne(PauseMs);
            stop.ThrowIfCancellationRequested();
        }
    }
}
