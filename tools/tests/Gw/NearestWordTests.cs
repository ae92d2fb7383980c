using GatewayAgent.Gw;

namespace GatewayAgent.Tests.Gw;

public sealed class NearestWordTests
{
    private static readonly string[] _words = ["demo", "replay", "collect", "export", "decode", "test"];

    [Theory]
    [InlineData("demo", "demo")]
    [InlineData("DEMO", "demo")]
    [InlineData("dmeo", "demo")]
    [InlineData("exprot", "export")]
    [InlineData("decoed", "decode")]
    [InlineData("relay", "replay")]
    [InlineData("colect", "collect")]
    [InlineData("testt", "test")]
    [InlineData("import", "export")]
    [InlineData("flash", null)]
    [InlineData("d", null)]
    [InlineData("", null)]
    public void Finds_what_was_meant(string typed, string? meant) => Assert.Equal(meant, NearestWord.To(typed, _words));
}
