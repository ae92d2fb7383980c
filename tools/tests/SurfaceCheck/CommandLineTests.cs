namespace GatewayAgent.Tests.SurfaceCheck;

public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder _repository = new();
    private readonly StringWriter _output = new();

    public void Dispose()
    {
        _repository.Dispose();
        _output.Dispose();
    }

    [Fact]
    public void Without_the_lists_it_says_that_it_skipped_and_exits_with_3()
    {
        Assert.Equal(3, Run("--repo", _repository.Path, "--api", Path.Combine(_repository.Path, "none")));
        Assert.Contains("skipped, no API lists", _output.ToString());
    }

    [Fact]
    public void Without_the_lists_project_files_are_still_compared()
    {
        _repository.Write("firmware/Part/One.cs", "class One { }");
        Assert.Equal(1, Run("--repo", _repository.Path, "--api", Path.Combine(_repository.Path, "none")));
    }

    [Theory]
    [InlineData("--nonsense")]
    [InlineData("--api")]
    [InlineData("--repo", "/no/such/folder")]
    public void What_is_not_understood_prints_the_usage_and_exits_with_2(params string[] args)
    {
        Assert.Equal(2, Run(args));
        Assert.Contains("usage:", _output.ToString());
    }

    [SharedDataFact]
    public void A_missing_member_in_a_repository_is_printed_with_its_line_and_exits_with_1()
    {
        _repository.Write("firmware/Part/One.cs", "public class One\n{\n    void M(int[] x) { System.Array.Sort(x); }\n}");
        Assert.Equal(1, Run("--repo", _repository.Path, "--api", SharedData.Path("nano-api")));
        Assert.Contains("firmware/Part/One.cs:3:36: GW1002 System.Array.Sort: ", _output.ToString());
    }

    private int Run(params string[] args) => GatewayAgent.SurfaceCheck.Program.Run(args, _output);
}
