using System.Diagnostics;
using System.Text;
using GatewayAgent.Tests.Gw;

namespace GatewayAgent.Tests.Hardware.Bench;

/// <summary><c>gw flash</c> as people type it, with the bench's stand-ins on the PATH.</summary>
internal static class GwFlash
{
    public static string Image(FlashBench bench)
    {
        _ = bench.Request();
        return bench.At("pe");
    }

    public static string[] Arguments(FlashBench bench, params string[] more) =>
    [
        "flash", "--board", bench.Board.Id, "--module", bench.Module.Id, "--image", Image(bench), "--files", bench.At("node/files.json"),
        "--network", bench.At("node/network.json"), .. more.Contains("--folder") ? [] : new[] { "--folder", bench.Folder },
        .. more.Contains("--port") ? [] : new[] { "--port", "/dev/ttyBENCH" }, .. more.Contains("--node") || more.Contains("--listen") ? [] : new[] { "--listen", "0" }, .. more,
    ];

    public static GwResult Flash(FlashBench bench, params string[] more) => Start(bench, Arguments(bench, more));

    public static GwResult Start(FlashBench bench, params string[] arguments)
    {
        using Process gw = Begin(bench, arguments);
        gw.StandardInput.Close();
        return End(gw);
    }

    public static Process Begin(FlashBench bench, string[] arguments) =>
        Begin(bench, "dotnet", [Path.Combine(AppContext.BaseDirectory, "Gw.dll"), .. arguments]);

    public static (int ExitCode, string Error) Shell(FlashBench bench, string script)
    {
        bench.Put("dry-run.sh", script);
        using Process shell = Begin(bench, "bash", ["-c", "grep -v ' --nanodevice ' dry-run.sh | bash -e"]);
        shell.StandardInput.Close();
        GwResult result = End(shell);
        return (result.ExitCode, result.Error + result.Out);
    }

    // The bench's nanoff, and none that this machine may have.
    public static Process Begin(FlashBench bench, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = bench.At("."),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        IEnumerable<string> path = Environment.GetEnvironmentVariable("PATH")!.Split(':')
            .Where(folder => !File.Exists(Path.Combine(folder, "nanoff")) && !File.Exists(Path.Combine(folder, "esptool")) && !File.Exists(Path.Combine(folder, "esptool.py")));
        start.Environment["PATH"] = string.Join(':', path.Prepend(bench.At(".")));
        start.Environment["HOME"] = bench.At(".");
        return Process.Start(start)!;
    }

    public static GwResult End(Process process)
    {
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new GwResult(process.ExitCode, output, error.Result);
    }

    public static void WaitFor(Func<bool> isSo, Process gw)
    {
        var watch = Stopwatch.StartNew();
        while (!isSo())
        {
            if (gw.HasExited || watch.Elapsed > TimeSpan.FromMinutes(2))
            {
                gw.Kill(entireProcessTree: true);
                Assert.Fail("waited in vain");
            }

            Thread.Sleep(20);
        }
    }
}
