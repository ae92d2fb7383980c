namespace System.Reflection;

/// <summary>The version of an assembly's native half. On the host it says nothing: there is none.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class AssemblyNativeVersionAttribute(string version) : Attribute
{
    public string NativeVersion { get; } = version;
}
