using nanoFramework.TestFramework;
using Assert = Xunit.Assert;
using DeviceAssert = nanoFramework.TestFramework.Assert;

namespace GatewayAgent.Tests.NanoHost;

public sealed class DeviceTestRunnerTests
{
    [Fact]
    public void Setup_comes_first_then_tests_then_rows_then_cleanup()
    {
        Ordered.Calls.Clear();

        IReadOnlyList<DeviceTestResult> results = DeviceTestRunner.RunClass(typeof(Ordered));

        Assert.Equal(["setup", "plain", "row 1 a", "row 2 b", "cleanup"], Ordered.Calls);
        Assert.All(results, result => Assert.Equal(DeviceTestOutcome.Passed, result.Outcome));
        string name = typeof(Ordered).FullName!;
        Assert.Equal([$"{name}.Plain", $"{name}.Row(1, a)", $"{name}.Row(2, b)"], results.Select(result => result.Name));
    }

    [Fact]
    public void Discovery_names_what_a_run_reports()
    {
        string[] found = DeviceTestRunner.Discover(typeof(Ordered).Assembly).Select(test => test.Name).ToArray();

        Assert.Superset(DeviceTestRunner.RunClass(typeof(Ordered)).Select(result => result.Name).ToHashSet(), found.ToHashSet());
    }

    [Fact]
    public void A_failure_a_skip_and_instance_state_are_told_apart()
    {
        Dictionary<string, DeviceTestResult> results =
            DeviceTestRunner.RunClass(typeof(Mixed)).ToDictionary(result => result.Name.Split('.', '+')[^1]);

        Assert.Equal(DeviceTestOutcome.Failed, results["Fails"].Outcome);
        Assert.Contains("Expected:<1>. Actual:<2>.", results["Fails"].Error.Message, StringComparison.Ordinal);
        Assert.Equal(DeviceTestOutcome.Skipped, results["Skips"].Outcome);
        Assert.Equal("not here", results["Skips"].Error.Message);
        Assert.IsType<NullReferenceException>(results["LeansOnItsInstance"].Error);
        Assert.Equal(DeviceTestOutcome.Passed, results["IsStatic"].Outcome);
    }

    [Fact]
    public void A_setup_that_skips_takes_its_class_with_it()
    {
        DeviceTestResult result = Assert.Single(DeviceTestRunner.RunClass(typeof(SkippedClass)));

        Assert.Equal(DeviceTestOutcome.Skipped, result.Outcome);
    }

    [Fact]
    public void A_setup_that_fails_is_a_failure_and_the_tests_run_all_the_same()
    {
        IReadOnlyList<DeviceTestResult> results = DeviceTestRunner.RunClass(typeof(BrokenSetup));

        Assert.Equal([DeviceTestOutcome.Failed, DeviceTestOutcome.Passed], results.Select(result => result.Outcome));
    }

    [Fact]
    public void Assertions_hold_and_fail_as_on_the_device()
    {
        DeviceAssert.AreEqual(double.NaN, double.NaN);
        DeviceAssert.AreNotEqual("a", "A");
        DeviceAssert.Contains("b", "abc");
        DeviceAssert.StartsWith("a", "abc");
        DeviceAssert.EndsWith("c", "abc");
        DeviceAssert.IsInstanceOfType("x", typeof(string));
        DeviceAssert.ThrowsException(typeof(FormatException), () => int.Parse("x", null));
        CollectionAssert.AreEqual(new[] { 1, 2 }, new[] { 1, 2 });
        CollectionAssert.AreNotEqual(new[] { 1, 2 }, new[] { 2, 1 });
        CollectionAssert.Empty(Array.Empty<int>());
        Assert.True(TestExtensions.SequenceEqual(new[] { 1 }, new[] { 1 }));
        Assert.False(TestExtensions.SequenceEqual(new[] { 1 }, new[] { 1L }));

        Fails(() => DeviceAssert.AreEqual((byte)1, (byte)2));
        Fails(() => DeviceAssert.AreSame("a", null));
        Fails(() => DeviceAssert.IsInstanceOfType("x", typeof(object)));
        Fails(() => DeviceAssert.DoesNotContains("b", "abc"));
        Fails(() => DeviceAssert.ThrowsException(typeof(Exception), () => int.Parse("x", null)));
        Fails(() => DeviceAssert.ThrowsException(typeof(Exception), () => { }));
        Fails(() => CollectionAssert.AreEqual(new[] { 1, 2 }, new[] { 1, 3 }));
        Fails(() => CollectionAssert.AreEqual(new[] { 1 }, null));
        Fails(() => CollectionAssert.AreNotEqual(new[] { 1 }, new[] { 1 }));
        Fails(() => CollectionAssert.NotEmpty(Array.Empty<int>()));
    }

    private static void Fails(Action assertion) => Assert.Throws<TestFrameworkShared.AssertFailedException>(assertion);

    [TestClass]
    public sealed class Ordered
    {
        public static List<string> Calls { get; } = [];

        [Setup]
        public void Prepare() => Calls.Add("setup");

        [DataRow(1, "a")]
        [DataRow(2, "b")]
        [TestMethod]
        public void Row(long number, string text) => Calls.Add($"row {number} {text}");

        [TestMethod]
        public void Plain() => Calls.Add("plain");

        [Cleanup]
        public void Tidy() => Calls.Add("cleanup");
    }

    [TestClass]
    public sealed class Mixed
    {
        private readonly int[] _state = [1];

        [TestMethod]
        public void Fails() => DeviceAssert.AreEqual(1, 2);

        [TestMethod]
        public void Skips() => DeviceAssert.SkipTest("not here");

        [TestMethod]
        public void LeansOnItsInstance() => DeviceAssert.AreEqual(1, _state[0]);

        [TestMethod]
        public static void IsStatic() => DeviceAssert.IsTrue(true);
    }

    [TestClass]
    public sealed class SkippedClass
    {
        [Setup]
        public void Prepare() => DeviceAssert.SkipTest("no radio");

        [TestMethod]
        public void NeverRuns() => DeviceAssert.IsTrue(false);
    }

    [TestClass]
    public sealed class BrokenSetup
    {
        [Setup]
        public void Prepare() => DeviceAssert.IsTrue(false);

        [TestMethod]
        public void RunsAnyway() => DeviceAssert.IsTrue(true);
    }
}
