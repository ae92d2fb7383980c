using System.ComponentModel;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace GatewayAgent.Tests.Collector.Stores;

/// <summary>Where a test keeps its store.</summary>
public enum StoreKind
{
    Sqlite,
    Postgres,
}

/// <summary>
/// A test of a class that is derived once for each <see cref="StoreKind"/>; in one whose name ends with Postgres it is skipped, and counted as such, where
/// PostgreSQL is not installed.
/// </summary>
[XunitTestCaseDiscoverer("GatewayAgent.Tests.Collector.Stores.StoreFactDiscoverer", "GatewayAgent.Tests")]
public sealed class StoreFactAttribute : FactAttribute;

/// <summary>As <see cref="StoreFactAttribute"/>, for theories.</summary>
[XunitTestCaseDiscoverer("GatewayAgent.Tests.Collector.Stores.StoreTheoryDiscoverer", "GatewayAgent.Tests")]
public sealed class StoreTheoryAttribute : TheoryAttribute;

public sealed class StoreFactDiscoverer(IMessageSink sink) : IXunitTestCaseDiscoverer
{
    private readonly FactDiscoverer _facts = new(sink);

    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions options, ITestMethod method, IAttributeInfo attribute) =>
        SkippedStoreTest.Is(method) ? [new SkippedStoreTest(sink, options, method)] : _facts.Discover(options, method, attribute);
}

public sealed class StoreTheoryDiscoverer(IMessageSink sink) : IXunitTestCaseDiscoverer
{
    private readonly TheoryDiscoverer _theories = new(sink);

    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions options, ITestMethod method, IAttributeInfo attribute) =>
        SkippedStoreTest.Is(method) ? [new SkippedStoreTest(sink, options, method)] : _theories.Discover(options, method, attribute);
}

/// <summary>A test that cannot run here.</summary>
public sealed class SkippedStoreTest : XunitTestCase
{
    public SkippedStoreTest(IMessageSink sink, ITestFrameworkDiscoveryOptions options, ITestMethod method)
        : base(sink, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method)
    {
    }

    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("For the runner, which makes it of what it has written down.")]
    public SkippedStoreTest()
    {
    }

    public static bool Is(ITestMethod method) =>
        PostgresServer.Binaries == null && method.TestClass.Class.Name.EndsWith(nameof(StoreKind.Postgres), StringComparison.Ordinal);

    protected override string GetSkipReason(IAttributeInfo factAttribute) => "PostgreSQL is not installed";
}
