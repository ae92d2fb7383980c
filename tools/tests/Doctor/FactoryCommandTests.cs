using GatewayAgent.Gw.Factory;
using GatewayAgent.Tests.Gw;

namespace GatewayAgent.Tests.Doctor;

/// <summary><c>gw factory</c> before and after the test itself.</summary>
public sealed class FactoryCommandTests : GwFolder
{
    [Theory]
    [InlineData("limits are missing: name the board (--board), a file (--limits), or both")]
    [InlineData("no board 'esp32'; there are esp32-c3-devkitm-1", "--board", "esp32")]
    [InlineData("jig.json: board: m5stack-core2: and --board says esp32-wrover", "--board", "esp32-wrover", "--limits", "jig.json")]
    public void Limits_that_are_not_clear_are_refused_before_the_test(string problem, params string[] options)
    {
        string jig = Written("jig.json", """{ "board": "m5stack-core2" }"""u8.ToArray());
        GwResult refused = GwProcess.Run(["factory", "line/n1", "--broker", "127.0.0.1:1", .. options.Select(option => option == "jig.json" ? jig : option)]);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(problem, refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_that_write_into_one_record_at_once_lose_nothing()
    {
        string file = FileIn("factory.jsonl");
        Parallel.For(0, 8, line =>
        {
            for (int i = 0; i < 10; i++)
            {
                RecordFile.Append(file, $"{line} {i}\n");
            }
        });
        Assert.Equal(80, File.ReadAllLines(file).Distinct().Count());
    }
}
