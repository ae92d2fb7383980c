using Google.Protobuf.Reflection;

namespace GatewayAgent.Protocol;

/// <summary>Names of enumeration values as people read them: those of <c>agent.proto</c> without their prefix, in lower case.</summary>
public static class Names
{
    public static string Of(Source source) => Of(AgentReflection.Descriptor.FindTypeByName<EnumDescriptor>(nameof(Source)), (int)source, "SOURCE_");

    public static string Of(ResetCause cause) =>
        Of(AgentReflection.Descriptor.FindTypeByName<EnumDescriptor>(nameof(ResetCause)), (int)cause, "RESET_CAUSE_");

    public static string Of(Metric metric) => Of(AgentReflection.Descriptor.FindTypeByName<EnumDescriptor>(nameof(Metric)), (int)metric, "METRIC_");

    private static string Of(EnumDescriptor type, int number, string prefix) =>
        type.FindValueByNumber(number)?.Name[prefix.Length..].ToLowerInvariant() ?? $"{number}";
}
