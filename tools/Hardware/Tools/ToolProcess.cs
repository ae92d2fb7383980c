using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace GatewayAgent.Hardware.Tools;

/// <summary>Runs a program to its end, and hears what it prints.</summary>
public static class ToolProcess
{
    private const string SessionTool = "setsid";

    /// <param name="command">What to run.</param>
    /// <param name="heard">Called with each line, also of progress that overwrites itself; from two threads, one at a time.</param>
    /// <param name="isShielded">
    /// Ctrl-C at the terminal does not reach it (where setsid is there), and <paramref name="stop"/> waits for its end: for programs that write.
    /// </param>
    /// <param name="patience">After it the program is ended.</param>
    /// <param name="stop">Ends the program.</param>
    /// <exception cref="HardwareException">It cannot be started, or did not end in time.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public static ToolResult Run(ToolCommand command, Action<string> heard, bool isShielded, TimeSpan patience, CancellationToken stop)
    {
        using Process process = Start(command, isShielded);
        List<string> printed = [], complained = [];
        process.StandardInput.Close();
        Task[] readers =
        [
            Task.Run(() => Read(process.StandardOutput, line => Keep(line, printed)), default),
            Task.Run(() => Read(process.StandardError, line => Keep(line, complained)), default),
        ];
        void Keep(string line, List<string> lines)
        {
            lock (printed)
            {
                lines.Add(line);
                heard(line);
            }
        }

        try
        {
            Wait(process, patience, isShielded ? default : stop);
            Task.WhenAll(readers).WaitAsync(isShielded ? default : stop).GetAwaiter().GetResult();
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        return new ToolResult(process.ExitCode, [.. printed, .. complained]);
    }

    /// <summary>Full path of a program on PATH, or of what more folders hold; null when it is nowhere.</summary>
    public static string? Find(string name, params string[] moreFolders)
    {
        string[] folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries), .. moreFolders];
        string[] names = OperatingSystem.IsWindows() ? [name + ".exe", name + ".cmd"] : [name];
        return folders.SelectMany(folder => names.Select(file => Path.Combine(folder, file))).FirstOrDefault(File.Exists);
    }

    private static Process Start(ToolCommand command, bool isShielded)
    {
        string? session = isShielded ? Find(SessionTool) : null;
        var start = new ProcessStartInfo(session ?? command.Program, session == null ? command.Arguments : command.Arguments.Prepend(command.Program))
        {
            WorkingDirectory = command.Folder ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new HardwareException($"{command.Program}: cannot be started ({e.Message})");
        }
    }

    private static void Wait(Process process, TimeSpan patience, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        end.CancelAfter(patience);
        try
        {
            process.WaitForExitAsync(end.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new HardwareException($"{process.StartInfo.FileName}: did not end within {patience.TotalMinutes:F0} minutes");
        }
    }

    private static void Read(StreamReader reader, Action<string> heard)
    {
        var line = new StringBuilder();
        for (int c = reader.Read(); c >= 0; c = reader.Read())
        {
            if (c is not ('\r' or '\n'))
            {
                line.Append((char)c);
            }
            else if (line.Length > 0)
            {
                heard(line.ToString());
                line.Clear();
            }
        }

        if (line.Length > 0)
        {
            heard(line.ToString());
        }
    }
}
