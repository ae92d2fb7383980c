using System.Diagnostics;
using GatewayAgent.SurfaceCheck.Allocation;
using GatewayAgent.SurfaceCheck.Api;

namespace GatewayAgent.SurfaceCheck;

/// <summary>Holds the firmware to the device. Exit codes: 0 clean, 1 findings, 2 usage, 3 the device's API lists are missing.</summary>
public static class Program
{
    private const int Clean = 0;
    private const int Found = 1;
    private const int Usage = 2;
    private const int Skipped = 3;

    private const string Help = """
        usage: SurfaceCheck [--repo DIR] [--api DIR] [--verbose]

          --repo DIR   root of the repository            (default: the folder above that holds global.json)
          --api DIR    the device's API lists, *.txt     (default: REPO/../shared/nano-api)
          --verbose    also list what the allocation check lets pass because it leads to a throw

        exit codes: 0 clean, 1 findings, 2 usage, 3 skipped because the lists are missing
        """;

    public static int Main(string[] args) => Run(args, Console.Out);

    /// <summary>The whole program, writing to <paramref name="output"/>.</summary>
    public static int Run(string[] args, TextWriter output)
    {
        if (Options.Parse(args) is not { } options || options.Repository is not { } repository)
        {
            output.WriteLine(Help);
            return Usage;
        }

        long start = Stopwatch.GetTimestamp();
        string lists = options.Api ?? Path.Combine(repository, "..", "shared", "nano-api");
        if (DeviceApi.Load(lists) is not { } api)
        {
            return RunWithoutLists(repository, lists, output);
        }

        FirmwareResult result = FirmwareCheck.Run(repository, api, AllocationRoots.Firmware);
        Print(result, options.IsVerbose, output);
        output.WriteLine($"surface check: {result.Findings.Count} findings in {result.Projects} projects, {result.Sources} files, {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s");
        return result.Findings.Count == 0 ? Clean : Found;
    }

    private static int RunWithoutLists(string repository, string lists, TextWriter output)
    {
        IReadOnlyList<Finding> findings = FirmwareCheck.RunProjects(repository);
        foreach (Finding finding in findings)
        {
            output.WriteLine(finding);
        }

        output.WriteLine($"surface check: skipped, no API lists in {lists}; project files: {findings.Count} findings");
        return findings.Count == 0 ? Skipped : Found;
    }

    private static void Print(FirmwareResult result, bool isVerbose, TextWriter output)
    {
        foreach (Finding finding in result.Findings)
        {
            output.WriteLine(finding);
        }

        if (result.Allocation is not { } allocation)
        {
            output.WriteLine("allocation check: not run, the firmware does not compile for the device");
            return;
        }

        foreach (Finding passed in isVerbose ? allocation.Cold : [])
        {
            output.WriteLine($"passed: {passed}");
        }

        output.WriteLine($"allocation check: {allocation.Findings.Count} findings in {allocation.Methods} methods; {allocation.Cold.Count} passed, before a throw");
    }
}
