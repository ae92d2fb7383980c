using System.Diagnostics;

namespace GatewayAgent.Tests.Gw;

/// <summary>The script <c>./gw</c>, on machines that lack something.</summary>
public sealed class ScriptTests : GwFolder
{
    // Everything the script calls before it needs a compiler.
    private static readonly string[] _programs =
        ["bash", "cat", "dirname", "readlink", "mkdir", "grep", "sed", "tr", "head", "sort", "id", "uname", "find", "env", "dotnet"];

    [Fact]
    public void Without_a_compiler_it_names_the_packages_and_ends_with_3()
    {
        GwResult refused = RunScript("demo");

        Assert.Equal(3, refused.ExitCode);
        Assert.Matches("^gw: missing: .*gcc libc6-dev.*apt-get install ", refused.Error);
        Assert.Single(refused.Error.TrimEnd('\n').Split('\n'));
    }

    /// <summary>Runs it from another folder, through a link, with little in its PATH.</summary>
    private GwResult RunScript(params string[] arguments)
    {
        string folder = Directory.CreateDirectory(FileIn("bin")).FullName;
        foreach (string program in _programs)
        {
            File.CreateSymbolicLink(Path.Combine(folder, program), Located(program));
        }

        string script = Path.Combine(folder, "gw");
        File.CreateSymbolicLink(script, Path.Combine(SharedData.RepositoryRoot, "gw"));
        var command = new ProcessStartInfo(Path.Combine(folder, "bash"), [script, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        command.Environment.Clear();
        command.Environment["PATH"] = folder;
        command.Environment["GW_INSTALL"] = "no";
        using Process process = Process.Start(command)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new GwResult(process.ExitCode, output, error.Result);
    }

    private static string Located(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, program)).First(File.Exists);
}
