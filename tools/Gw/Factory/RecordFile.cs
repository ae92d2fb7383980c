using System.Diagnostics;
using System.Text;

namespace GatewayAgent.Gw.Factory;

/// <summary>A file of records that several lines may write into: each comes whole, after the last.</summary>
internal static class RecordFile
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);
    private const int PauseMs = 20;

    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static void Append(string path, string text)
    {
        using FileStream file = Open(path);
        file.Write(Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }

    // Another line holds it for the time of a write.
    private static FileStream Open(string path)
    {
        for (var watch = Stopwatch.StartNew(); ;)
        {
            try
            {
                return new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.None);
            }
            catch (IOException e) when (e.GetType() == typeof(IOException) && File.Exists(path) && watch.Elapsed < _patience)
            {
                Thread.Sleep(PauseMs);
            }
        }
    }
}
