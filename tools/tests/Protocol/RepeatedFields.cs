using Google.Protobuf.Collections;

namespace GatewayAgent.Tests.Protocol;

internal static class RepeatedFields
{
    /// <summary>Puts other values in the place of all there are.</summary>
    public static void ReplaceWith(this RepeatedField<uint> field, params ReadOnlySpan<uint> values)
    {
        field.Clear();
        foreach (uint value in values)
        {
            field.Add(value);
        }
    }
}
