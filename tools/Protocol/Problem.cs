namespace GatewayAgent.Protocol;

/// <summary>Something a message says that cannot be.</summary>
/// <param name="Field">The field by its name in <c>agent.proto</c>, with its group, or <c>payload</c>.</param>
/// <param name="Value">Its value, as text.</param>
/// <param name="Reason">Why that cannot be.</param>
public sealed record Problem(string Field, string Value, string Reason)
{
    public override string ToString() => $"{Field} {Value}: {Reason}";
}
