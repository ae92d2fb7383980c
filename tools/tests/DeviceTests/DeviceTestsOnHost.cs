using GatewayAgent.DeviceTests;
using nanoFramework.TestFramework;
using Assert = Xunit.Assert;

namespace GatewayAgent.Tests.DeviceTests;

/// <summary>The device tests, the very sources that run on nanoCLR and on a board, one host test each.</summary>
public class DeviceTestsOnHost
{
    private static readonly Lazy<Dictionary<string, DeviceTestResult>> _results = new(
        () => DeviceTestRunner.Run(typeof(OutboxTests).Assembly).ToDictionary(result => result.Name));

    private static readonly string[] _names =
        [.. DeviceTestRunner.Discover(typeof(OutboxTests).Assembly).Select(test => test.Name)];

    public static TheoryData<string> Names => [.. _names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Passes(string name)
    {
        DeviceTestResult result = _results.Value[name];
        Assert.True(result.Outcome == DeviceTestOutcome.Passed, $"{result.Outcome}: {result.Error}");
    }

    [Fact]
    public void Setup_and_cleanup_pass() => Assert.Empty(_results.Value.Keys.Except(_names));
}
