using GatewayAgent.Mosquitto;

namespace GatewayAgent.Tests.Support;

/// <summary>A test against a real broker; skipped, and counted as such, where mosquitto or libmosquitto is not installed.</summary>
public sealed class BrokerFactAttribute : FactAttribute
{
    public BrokerFactAttribute() => Skip = BrokerRequirement.Missing;
}

/// <summary>As <see cref="BrokerFactAttribute"/>, for theories.</summary>
public sealed class BrokerTheoryAttribute : TheoryAttribute
{
    public BrokerTheoryAttribute() => Skip = BrokerRequirement.Missing;
}

internal static class BrokerRequirement
{
    /// <summary>Null when all is there.</summary>
    public static string? Missing { get; } =
        MosquittoLibrary.IsInstalled && MosquittoBroker.IsInstalled ? null : "the Debian packages mosquitto and libmosquitto1 are not installed";
}
