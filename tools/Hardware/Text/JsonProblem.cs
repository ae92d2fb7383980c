namespace GatewayAgent.Hardware.Text;

/// <summary>What is wrong at one place of a JSON file.</summary>
/// <param name="Field">Path of the field, such as <c>modules[0].flashMegabytes</c>; empty = the whole.</param>
/// <param name="Value">What stands there, as JSON, shortened; empty when nothing does.</param>
/// <param name="Reason">Why that cannot be.</param>
public sealed record JsonProblem(string Field, string Value, string Reason)
{
    public override string ToString() => string.Join(": ", new[] { Field, Value, Reason }.Where(part => part.Length > 0));
}
