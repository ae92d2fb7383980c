using System.Reflection;

namespace nanoFramework.TestFramework;

/// <summary>
/// Runs device tests on the host the way the device's launcher does: class by class in one process (static state lasts), Setup
/// first, then the tests, then Cleanup. A Setup that skips takes its class with it; one that fails is a failure, and the tests
/// run all the same. Instance methods are called with this == null.
/// </summary>
public static class DeviceTestRunner
{
    private const BindingFlags Methods = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static;

    /// <summary>All runs of an assembly, in the order <see cref="Run(Assembly)"/> takes.</summary>
    public static IReadOnlyList<DeviceTest> Discover(Assembly assembly) => TestClasses(assembly).SelectMany(Tests).ToArray();

    /// <summary>Runs everything. Setup and Cleanup methods have results of their own when they do not pass.</summary>
    public static IReadOnlyList<DeviceTestResult> Run(Assembly assembly) => TestClasses(assembly).SelectMany(RunClass).ToArray();

    /// <summary>Runs the tests of one class.</summary>
    public static IReadOnlyList<DeviceTestResult> RunClass(Type testClass)
    {
        DeviceTestResult[] setup = Marked<SetupAttribute>(testClass);
        if (Array.Find(setup, result => result.Outcome == DeviceTestOutcome.Skipped) is { } skipped)
        {
            return Tests(testClass).Select(test => new DeviceTestResult(test.Name, DeviceTestOutcome.Skipped, skipped.Error)).ToArray();
        }

        DeviceTestResult[] tests = Tests(testClass).Select(test => Run(test.Name, test.Method, test.Arguments)).ToArray();
        DeviceTestResult[] cleanup = Marked<CleanupAttribute>(testClass);
        return [.. setup.Where(IsWorthTelling), .. tests, .. cleanup.Where(IsWorthTelling)];
    }

    private static IEnumerable<Type> TestClasses(Assembly assembly) =>
        assembly.GetTypes().Where(type => type.IsClass && type.GetCustomAttribute<TestClassAttribute>() != null);

    private static bool IsWorthTelling(DeviceTestResult result) => result.Outcome != DeviceTestOutcome.Passed;

    /// <summary>As the launcher: first the methods without rows, then the rows.</summary>
    private static IEnumerable<DeviceTest> Tests(Type testClass)
    {
        MethodInfo[] methods = testClass.GetMethods(Methods);
        IEnumerable<DeviceTest> plain = methods.Where(IsPlainTest).Select(method => new DeviceTest(testClass, method, -1, []));
        IEnumerable<DeviceTest> rows = methods.SelectMany(method => method.GetCustomAttributes<DataRowAttribute>()
            .Select((row, index) => new DeviceTest(testClass, method, index, row.MethodParameters)));
        return plain.Concat(rows);
    }

    private static bool IsPlainTest(MethodInfo method) =>
        method.GetCustomAttribute<TestMethodAttribute>() != null && !method.GetCustomAttributes<DataRowAttribute>().Any();

    private static DeviceTestResult[] Marked<TAttribute>(Type testClass)
        where TAttribute : Attribute =>
        testClass.GetMethods(Methods)
            .Where(method => method.GetCustomAttribute<TAttribute>() != null)
            .Select(method => Run($"{testClass.FullName}.{method.Name}", method, []))
            .ToArray();

    private static DeviceTestResult Run(string name, MethodInfo method, object[] arguments)
    {
        try
        {
            NullThisCall.Invoke(method, arguments);
            return new DeviceTestResult(name, DeviceTestOutcome.Passed, null);
        }
        catch (SkipTestException skip)
        {
            return new DeviceTestResult(name, DeviceTestOutcome.Skipped, skip);
        }
        catch (Exception failure)
        {
            return new DeviceTestResult(name, DeviceTestOutcome.Failed, failure);
        }
    }
}
