namespace GatewayAgent.Portal.Access;

/// <summary>What a token may do; each may do what those before it may.</summary>
public enum Role
{
    /// <summary>Looks at fleet and homes.</summary>
    Viewer,

    /// <summary>Also takes data along: CSV, Data Elements, evidence bundles.</summary>
    Care,

    /// <summary>Also sees how the collector itself is doing.</summary>
    Operator,
}
